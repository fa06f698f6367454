// Predict, then check: a process dies. What does it leave behind in shared memory?
//
// Write all six answers before you run the tests; they do what is described, kill what is to be
// killed, and print what happened.

use nix::errno::Errno;
use nix::sys::signal::Signal;

/// Question 1: A POSIX semaphore in shared memory is 1. A process waits for it (sem_wait), gets it,
/// and SIGKILL ends it. What is the value now?
// TODO: write Some(number).
const POSIX: Option<i32> = None;

/// Question 2: The same with a semaphore of System V, which the process has lowered with SEM_UNDO.
/// What is the value now?
const SYSTEM_V: Option<i32> = None;

/// Question 3: A process locks an ordinary mutex in shared memory, and SIGKILL ends it. What does
/// pthread_mutex_trylock return to the next one?
// TODO: write Some(Errno::...) in place of each None of this kind.
const ORDINARY: Option<Errno> = None;

/// Question 4: The same with a robust mutex. What does pthread_mutex_trylock return now?
const ROBUST: Option<Errno> = None;

/// Question 5: That one unlocks the robust mutex, and has not called pthread_mutex_consistent. What
/// does the next one get?
const FORGOTTEN: Option<Errno> = None;

/// Question 6: A process has mapped a file of one page. Another makes the file empty (ftruncate).
/// The first one reads a byte. Which signal ends it?
// TODO: write Some(Signal::...).
const TRUNCATED: Option<Signal> = None;

fn main() {
    let numbers = [POSIX, SYSTEM_V].iter().flatten().count();
    let errnos = [ORDINARY, ROBUST, FORGOTTEN].iter().flatten().count();
    println!("{} of 6 predictions made", numbers + errnos + TRUNCATED.iter().count());
}

#[cfg(test)]
#[path = "../../checks/16_shared_memory/memory_predict.rs"]
mod tests; // the functions marked #[test]
