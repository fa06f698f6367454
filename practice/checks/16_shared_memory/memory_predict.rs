use super::*;
use nix::sys::wait::WaitStatus;
use practice::{ProcessMutex, RobustMutex, alone, check, in_a_child, shared_memory};

#[path = "memory_predict/semaphores.rs"]
mod semaphores;
use semaphores::{PosixSemaphore, SystemVSemaphore};

/// Ends the process that calls it.
fn kill_yourself() {
    // SAFETY: both calls take numbers. The second does not return: SIGKILL cannot be handled.
    unsafe { libc::kill(libc::getpid(), libc::SIGKILL) };
}

#[test]
fn question_1_posix() {
    alone(|_| {
        let semaphore = PosixSemaphore::new(1);
        in_a_child(|| {
            semaphore.wait();
            kill_yourself();
        });
        let why = "A POSIX semaphore is a number, and nobody knows who has lowered it: what a dead process does not \
                   give back is gone. After some deaths nobody gets in any more.";
        check("question 1", POSIX, semaphore.value(), why);
    });
}

#[test]
fn question_2_system_v() {
    alone(|_| {
        let semaphore = SystemVSemaphore::new(1);
        in_a_child(|| {
            semaphore.lower();
            kill_yourself();
        });
        let why = "The kernel keeps a list of what each process did with SEM_UNDO, and takes it back at its end. For \
                   that every step of such a semaphore is a system call.";
        check("question 2", SYSTEM_V, semaphore.value(), why);
    });
}

/// What pthread_mutex_trylock returns after the owner was killed.
fn after_death(mutex: &ProcessMutex) -> Errno {
    in_a_child(|| {
        mutex.lock();
        kill_yourself();
    });
    Errno::from_raw(mutex.try_lock())
}

#[test]
fn question_3_ordinary() {
    alone(|_| {
        let truth = after_death(&ProcessMutex::new(false));
        let why = "An ordinary mutex is not told of a death: it is locked, and stays so. pthread_mutex_lock in place \
                   of trylock would wait for the dead.";
        check("question 3", ORDINARY, truth, why);
    });
}

#[test]
fn question_4_robust() {
    alone(|_| {
        let truth = after_death(&ProcessMutex::new(true));
        let why = "The kernel finds a robust mutex in a list of its dead owner's, and marks it. Whoever comes next \
                   has it, and learns with this number that the last one has not finished.";
        check("question 4", ROBUST, truth, why);
    });
}

#[test]
fn question_5_forgotten() {
    alone(|_| {
        let mutex = ProcessMutex::new(true);
        after_death(&mutex);
        mutex.unlock();
        let truth = Errno::from_raw(mutex.try_lock());
        let why = "Nobody has said that the data are whole again, so nobody gets the mutex any more, forever. It can \
                   only be destroyed.";
        check("question 5", FORGOTTEN, truth, why);
    });
}

#[test]
fn question_6_truncated() {
    alone(|_| {
        let file = tempfile::tempfile().expect("a file");
        file.set_len(4_096).expect("room for it");
        let ended = in_a_child(|| {
            let memory = semaphores::map(&file);
            // Another process would do the same with its own descriptor.
            let _ = file.set_len(0);
            // SAFETY: the mapping is there; that there is no page in the file is what the question
            // is about, and the kernel's answer is a signal.
            unsafe { memory.read_volatile() };
        });
        let WaitStatus::Signaled(_, truth, _) = ended else {
            panic!("the process was to be ended by a signal, and it has ended with {ended:?}");
        };
        let why = "The mapping is still there, so it is not SIGSEGV: there is no page of the file for it any more. \
                   Whoever can shorten the file can end you; seals of a memfd forbid it.";
        check("question 6", TRUNCATED, truth, why);
    });
}

/// That memory is shared at all, or the first question would be about something else.
#[test]
fn memory_is_shared_with_a_forked_child() {
    alone(|_| {
        let memory = shared_memory(1).cast::<std::sync::atomic::AtomicU8>();
        // SAFETY: the mapping is one byte at least, of zeroes, and stays.
        let byte = unsafe { memory.as_ref() };
        in_a_child(|| byte.store(7, std::sync::atomic::Ordering::SeqCst));
        let seen = byte.load(std::sync::atomic::Ordering::SeqCst);
        assert!(seen == 7, "memory that is shared with a forked child is not, here: {seen}");
    });
}
