// Write the function: lock a mutex between processes, one of which may have died with it.
//
// A robust mutex does not block forever then: the next one who locks it gets it, and the number
// EOWNERDEAD with it. What the dead process was about to do is half done, so look after it, and
// then tell the mutex that all is well again. Otherwise nobody will ever get it any more.
//
// The functions of `RobustMutex` (in src/process_mutex.rs) are C's: each returns 0 or the number
// of an error, for `Errno::from_raw`.

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
    // TODO: which numbers mean that the mutex is yours? And who unlocks it if `work` panics?
    let number = mutex.lock();
    println!("locked: {number}, and EOWNERDEAD would be {}", Errno::EOWNERDEAD as i32);
    let (_, _) = (repair, work);
    let _ = mutex.unlock();
    Err(Errno::ENOSYS)
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
