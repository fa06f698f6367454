//! The guard: whatever way a function is left, the queue is removed; by its process, and once.

use std::ffi::c_int;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::process;

use ch02_create::Queue;
use ch06_cleanup::{OwnedQueue, Status, remove};
use nix::errno::Errno;
use nix::sys::signal::{Signal, raise};

use crate::{OURS, new_queue, processes, queue_with};

#[test]
fn dropping_the_guard_removes_the_queue() {
    support::alone(|room| {
        let queue = queue_with(room, &["lost"]);
        let owned = OwnedQueue::new(queue);
        assert_eq!(owned.queue(), queue);
        assert_eq!(room.queues().len(), 1);
        drop(owned);
        assert_eq!(room.queues(), []);
    });
}

#[test]
fn panic_removes_the_queue() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            let _owned = OwnedQueue::new(queue);
            resume_unwind(Box::new("a panic without a word to the test's output"))
        }));
        assert!(panicked.is_err());
        assert_eq!(Status::of(queue), Err(Errno::EINVAL));
    });
}

#[test]
fn early_return_removes_the_queue() {
    fn fails(queue: Queue) -> nix::Result<()> {
        let _owned = OwnedQueue::new(queue);
        Err(Errno::ENOENT)?;
        Ok(())
    }
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        assert_eq!(fails(queue), Err(Errno::ENOENT));
        assert_eq!(Status::of(queue), Err(Errno::EINVAL));
    });
}

#[test]
fn kept_queue_stays() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        assert_eq!(OwnedQueue::new(queue).keep(), queue);
        assert!(Status::of(queue).is_ok());
        room.remove(queue.id());
    });
}

#[test]
fn remove_returns_whether_it_worked() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        assert_eq!(OwnedQueue::new(queue).remove(), Ok(()));
        assert_eq!(OwnedQueue::new(queue).remove(), Err(Errno::EINVAL));
    });
}

#[test]
fn guard_of_a_queue_that_is_gone_is_dropped_in_peace() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        let owned = OwnedQueue::new(queue);
        remove(queue).expect("the queue is ours");
        drop(owned);
        assert_eq!(room.queues(), []);
    });
}

#[test]
fn end_of_a_forked_child_leaves_the_queue_to_its_parent() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        let mut owned = Some(OwnedQueue::new(queue));
        // SAFETY: the child drops its copy of the guard, as it would at its end: that asks for the
        // process id and, if the guard took the child for its owner, calls msgctl. Neither
        // allocates or locks. Memory is not shared, so the parent keeps its own.
        let child = unsafe { processes::in_child(|| drop(owned.take())) };
        assert_eq!(processes::wait_for(child), 0);
        assert!(Status::of(queue).is_ok(), "the child has not removed it");
        drop(owned.expect("it was the child that took it"));
        assert_eq!(Status::of(queue), Err(Errno::EINVAL), "the parent has");
    });
}

#[test]
fn end_of_a_child_that_is_process_1_too_leaves_the_queue_to_its_parent() {
    /// A process 1 makes a guard; its child, a process 1 as well, drops a copy, and has a child.
    fn descend(queue: Queue, generations: u32) -> c_int {
        let mut owned = Some(OwnedQueue::new(queue));
        // SAFETY: as in the test above; the child descends further, or ends.
        match unsafe { processes::fork_in_a_new_pid_namespace() } {
            Ok(0) => {
                drop(owned.take());
                if process::id() != 1 || Status::of(queue).is_err() {
                    processes::exit(1);
                }
                let further = generations.checked_sub(1);
                processes::exit(further.map_or(0, |left| descend(queue, left)))
            }
            Ok(child) => {
                std::mem::forget(owned);
                libc::WEXITSTATUS(processes::wait_for(child))
            }
            Err(_) => 2,
        }
    }
    support::in_namespace(|room| {
        let queue = new_queue(room, OURS);
        // SAFETY: the child makes and drops guards and makes system calls.
        let child = unsafe { processes::in_child(|| processes::exit(descend(queue, 3))) };
        assert_eq!(libc::WEXITSTATUS(processes::wait_for(child)), 0);
        room.remove(queue.id());
    });
}

#[test]
fn end_of_a_child_that_shares_memory_leaves_the_queue_to_its_parent() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        let ended = processes::drop_in_a_child_that_shares_memory(OwnedQueue::new(queue));
        assert_eq!(ended, 0);
        assert!(Status::of(queue).is_ok(), "the child has not removed it");
        room.remove(queue.id());
    });
}

#[test]
fn sigkill_leaves_the_queue() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        // SAFETY: the child makes a guard, which asks for the process id, and kills itself.
        let child = unsafe {
            processes::in_child(|| {
                let _owned = OwnedQueue::new(queue);
                let _ = raise(Signal::SIGKILL);
            })
        };
        assert_eq!(libc::WTERMSIG(processes::wait_for(child)), libc::SIGKILL);
        assert!(Status::of(queue).is_ok(), "no Drop has run");
        room.remove(queue.id());
    });
}

#[test]
fn guard_made_in_a_child_is_the_childs() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        // SAFETY: the child makes a guard and drops it: a process id and a msgctl.
        let child = unsafe { processes::in_child(|| drop(OwnedQueue::new(queue))) };
        assert_eq!(processes::wait_for(child), 0);
        assert_eq!(Status::of(queue), Err(Errno::EINVAL));
    });
}
