use super::*;

#[path = "memory_owner_died/book.rs"]
mod book;
#[path = "memory_owner_died/failures.rs"]
mod failures;
use book::{Plan, ask};

const DEAD: i32 = libc::EOWNERDEAD;

#[test]
fn free_mutex_is_locked_and_unlocked() {
    let ended = ask(Plan::default(), "a mutex that nobody has");
    assert!(
        ended.count("work") > 0,
        "nobody has the mutex, so you get it; you never call `work`, and return {}",
        ended.said()
    );
    assert!(
        ended.count("repair") + ended.count("consistent") == 0,
        "nobody has died with the mutex, and you repair all the same: {:?}",
        ended.steps
    );
    assert!(
        ended.count("unlock") > 0,
        "you never unlock the mutex: the next one who wants it waits forever"
    );
    assert!(
        ended.steps == ["lock", "work", "unlock"],
        "lock, work, unlock is all there is to do, and you do {:?}",
        ended.steps
    );
    assert!(
        ended.returned == Some(Ok(4242)),
        "`work` returns 4242, and you return {}",
        ended.said()
    );
}

/// Whether it works with a mutex that nobody has; another test says it if not.
fn works() -> bool {
    practice::failure(free_mutex_is_locked_and_unlocked).is_none()
}

#[test]
fn mutex_of_a_dead_process_is_repaired() {
    if !works() {
        return;
    }
    let ended = ask(Plan { lock: DEAD, ..Plan::default() }, "a mutex whose owner has died");
    let steps = &ended.steps;
    assert!(
        ended.count("unlock") > 0,
        "`lock` returned EOWNERDEAD, so the mutex is yours, and you return {} without unlocking it: from now \
         on everybody waits for you",
        ended.said()
    );
    assert!(
        ended.count("lock") == 1,
        "`lock` returned EOWNERDEAD, so the mutex is yours, and you lock it once more: you wait for yourself"
    );
    assert!(
        ended.count("work") > 0,
        "`lock` returned EOWNERDEAD, so the mutex is yours, and you do not work, and return {}",
        ended.said()
    );
    assert!(
        ended.count("consistent") + ended.count("repair") > 0,
        "`lock` returned EOWNERDEAD, and you go on as if nobody had died: with half-done data, and with a mutex \
         that nobody gets after you"
    );
    assert!(
        ended.count("consistent") > 0,
        "you unlock the mutex of a dead process without `consistent`: nobody will ever get it again \
         (ENOTRECOVERABLE)"
    );
    assert!(
        ended.count("repair") > 0,
        "the last owner has died in the middle of something, and you never call `repair`: the work begins with \
         half of it"
    );
    assert!(
        ended.position("repair") < ended.position("consistent"),
        "you call `consistent` before `repair`: if you die in between, the next one gets broken data, and 0"
    );
    assert!(
        ended.position("consistent") < ended.position("work"),
        "you work before the mutex is consistent: {steps:?}. If you die at work, what you have repaired counts \
         for nothing"
    );
    assert!(
        *steps == ["lock", "repair", "consistent", "work", "unlock"],
        "lock, repair, consistent, work, unlock is the order, and yours is {steps:?}"
    );
    assert!(
        ended.returned == Some(Ok(4242)),
        "the owner had died, `work` returns 4242, and you return {}",
        ended.said()
    );
}

#[test]
fn real_mutex_of_a_real_dead_process_is_recovered() {
    if !works() || practice::failure(mutex_of_a_dead_process_is_repaired).is_some() {
        return;
    }
    practice::alone(|_| {
        let mutex = practice::ProcessMutex::new(true);
        for round in 1..=2 {
            practice::in_a_child(|| _ = mutex.lock());
            let mut repaired = 0;
            let worked =
                practice::yours("a real mutex", || with_lock(&mutex, || repaired += 1, || round));
            assert!(
                worked == Ok(round) && repaired == 1,
                "a process has locked a real mutex and ended, for time {round}; you return {worked:?} and have \
                 repaired {repaired} times"
            );
            let free = mutex.try_lock();
            assert!(
                free == 0,
                "after that the mutex should be free, and the next one gets {:?}",
                Errno::from_raw(free)
            );
            mutex.unlock();
        }
    });
}
