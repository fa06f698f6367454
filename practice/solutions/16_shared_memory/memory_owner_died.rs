use nix::errno::Errno;
use practice::RobustMutex;

/// Locks the mutex, works, and unlocks it, also if `work` or `repair` panics.
///
/// If its last owner has died (EOWNERDEAD), the mutex is locked all the same: first `repair`, then
/// `consistent`, then `work`. If `consistent` fails, it unlocks without any work, and returns that
/// error. If a panic comes before it, the mutex stays as it is: the data are not repaired.
///
/// After every other error of `lock` the mutex is not yours: the error is returned, and nothing
/// else is done. An error of `unlock` is returned, too; the work is done, and its result is lost.
fn with_lock<T>(
    mutex: &impl RobustMutex,
    repair: impl FnOnce(),
    work: impl FnOnce() -> T,
) -> nix::Result<T> {
    match mutex.lock() {
        0 => {
            let locked = Locked(mutex);
            let worked = work();
            locked.unlock().map(|()| worked)
        }
        libc::EOWNERDEAD => {
            let locked = Locked(mutex);
            repair();
            result(mutex.consistent())?;
            let worked = work();
            locked.unlock().map(|()| worked)
        }
        number => Err(Errno::from_raw(number)),
    }
}

/// A mutex that is ours, and is unlocked whatever happens.
struct Locked<'mutex, M: RobustMutex>(&'mutex M);

impl<M: RobustMutex> Locked<'_, M> {
    fn unlock(self) -> nix::Result<()> {
        let number = self.0.unlock();
        std::mem::forget(self);
        result(number)
    }
}

impl<M: RobustMutex> Drop for Locked<'_, M> {
    fn drop(&mut self) {
        // There is another error already, or a panic.
        let _ = self.0.unlock();
    }
}

fn result(number: i32) -> nix::Result<()> {
    if number == 0 { Ok(()) } else { Err(Errno::from_raw(number)) }
}

fn main() {
    // A mutex that stays locked is waited for, for a second.
    nix::unistd::alarm::set(1);
    let mutex = practice::ProcessMutex::new(true);
    practice::in_a_child(|| _ = mutex.lock());
    for _ in 0..2 {
        let worked = with_lock(&mutex, || println!("repaired"), || println!("worked"));
        println!("{worked:?}");
    }
}

#[cfg(test)]
#[path = "../../checks/16_shared_memory/memory_owner_died.rs"]
mod tests; // the functions marked #[test]
