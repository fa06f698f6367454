use super::*;
use nix::sys::wait::WaitStatus;
use practice::{alone, clear, in_a_child, is_there, queue, take_number, until};
use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::{process, thread};

#[path = "cleanup_child/grandchild.rs"]
mod grandchild;

/// A forked child that drops a guard.
#[track_caller]
fn drops(body: impl FnOnce()) {
    let ended = in_a_child(body);
    assert!(
        matches!(ended, WaitStatus::Exited(_, 0)),
        "the forked child could not drop its copy of the guard: {ended:?}"
    );
}

#[test]
fn child_leaves_the_parents_queue_alone() {
    alone(|room| {
        let (ours, shared) = (queue(room), queue(room));
        drop(Guard::new(ours));
        let at_home = !is_there(room, ours.id());

        let guard = Guard::new(shared);
        drops(|| {
            // What the end of a function does in the child.
            // SAFETY: the copy is read once, and the child ends without another look at the
            // original.
            drop(unsafe { ptr::read(&raw const guard) });
        });
        let in_the_child = !is_there(room, shared.id());
        drop(guard);
        match (at_home, in_the_child) {
            (true, true) => panic!(
                "the child has ended in good order and has taken the queue away from under its parent: fork \
                 has copied the guard, and the copy was dropped"
            ),
            (false, true) => panic!(
                "it is the wrong way round: the child removes the queue, and the process that made the guard \
                 does not"
            ),
            (false, false) => panic!(
                "nobody removes the queue any more: the process that made the guard must do it"
            ),
            (true, false) => assert!(
                !is_there(room, shared.id()),
                "after a fork the parent does not remove its queue any more: only the child may be changed by the \
                 fork, and not the process that called it"
            ),
        }
    });
}

#[test]
fn another_thread_is_the_same_process() {
    alone(|room| {
        let queue = queue(room);
        let guard = Guard::new(queue);
        thread::scope(|scope| {
            scope.spawn(|| drop(guard));
        });
        let gone = !is_there(room, queue.id());
        // The other tests say it if nobody removes anything.
        let any = practice::queue(room);
        drop(Guard::new(any));
        assert!(
            gone || is_there(room, any.id()),
            "a thread of the process that made the guard has dropped it, and nobody removes the queue any more: \
             which process it is decides, and not which thread"
        );
        clear(room);
    });
}

#[test]
fn child_removes_what_it_has_made() {
    alone(|room| {
        let (ours, theirs) = (queue(room), queue(room));
        let guard = Guard::new(ours);
        drops(|| drop(Guard::new(theirs)));
        let gone = !is_there(room, theirs.id());
        drop(guard);
        // The other tests say it if nobody removes anything.
        let any = queue(room);
        drop(Guard::new(any));
        assert!(
            gone || is_there(room, any.id()),
            "the child has made a guard itself and dropped it, and its queue is still there: responsible is \
             whoever made the guard, and not the first process of all"
        );
        clear(room);
    });
}

#[test]
fn number_of_the_process_is_not_enough() {
    alone(|room| {
        let queue = queue(room);
        let guard = Guard::new(queue);
        let ours = process::id();
        let by_number = || {
            drops(|| {
                take_number(ours);
                // SAFETY: the copy is read once, and the child ends without another look at the
                // original.
                drop(unsafe { ptr::read(&raw const guard) });
            });
            !is_there(room, queue.id())
        };
        // Another test says it if a child with another number removes the queue too.
        drops(|| {
            // SAFETY: as above.
            drop(unsafe { ptr::read(&raw const guard) });
        });
        let always = !is_there(room, queue.id());
        let taken_away = !always && by_number();
        drop(guard);
        clear(room);
        assert!(
            !taken_away,
            "a child that has the same number as its parent, as it can have in a pid namespace, has taken \
             the queue away: the process ID does not tell the copy from the original. Ask for something \
             that every fork changes"
        );
    });
}

#[test]
fn parent_of_the_process_may_end_first() {
    alone(|room| {
        let (used, queue) = (queue(room), queue(room));
        // What has to be done once has been done before the fork.
        drop(Guard::new(used));
        let works = !is_there(room, used.id());
        let (waits, made) = UnixStream::pair().expect("two ends");
        let parent = in_a_child(|| {
            let middle = process::id();
            // SAFETY: the child makes system calls and drops a guard, and ends.
            if unsafe { libc::fork() } == 0 {
                let guard = Guard::new(queue);
                let _ = (&made).write_all(b"x");
                // SAFETY: alarm takes a number; if the parent never ends, SIGALRM ends this one.
                unsafe { libc::alarm(5) };
                while std::os::unix::process::parent_id() == middle {
                    thread::yield_now();
                }
                drop(guard);
                // SAFETY: _exit takes a number and does not return.
                unsafe { libc::_exit(0) };
            }
            // Not before the guard is made: it has to see its parent end.
            let _ = (&waits).read_exact(&mut [0]);
        });
        assert!(
            matches!(parent, WaitStatus::Exited(_, 0)),
            "a forked child could not fork another one: {parent:?}"
        );
        if works {
            until(
                "the queue to be removed: its guard was dropped by the process that made it, whose parent \
                 had ended meanwhile; which process it is decides, and not whose child it is",
                || !is_there(room, queue.id()),
            );
        }
        clear(room);
    });
}
