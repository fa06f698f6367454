use super::*;
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::{ForkResult, fork};
use practice::{Room, alone, until};
use std::thread;

fn queue(room: &Room) -> Queue {
    let queue = Queue::private(Mode::S_IRUSR | Mode::S_IWUSR).expect("a queue");
    room.watch(queue.id());
    queue
}

fn is_there(room: &Room, queue: Queue) -> bool {
    room.queues().iter().any(|entry| entry.msqid == queue.id())
}

/// Does this in a forked child, which then ends, and waits for that.
#[track_caller]
fn in_a_child(body: impl FnOnce()) {
    // SAFETY: what the child does until it ends is to drop guards, that is a few system calls: it takes no lock
    // that another thread of ours could have held at the moment of the fork.
    match unsafe { fork() }.expect("another process") {
        ForkResult::Child => {
            // SAFETY: alarm takes a number. If a guard makes the child hang, SIGALRM ends it.
            unsafe { libc::alarm(3) };
            body();
            // SAFETY: _exit takes a number and does not return. Nothing else of the test is to run twice.
            unsafe { libc::_exit(0) };
        }
        ForkResult::Parent { child } => {
            let mut status = None;
            until("the forked child to end", || {
                let now = waitpid(child, Some(WaitPidFlag::WNOHANG)).expect("our child");
                status = Some(now);
                now != WaitStatus::StillAlive
            });
            assert!(
                status == Some(WaitStatus::Exited(child, 0)),
                "the forked child could not drop its copy of the guard: {status:?}"
            );
        }
    }
}

#[test]
fn child_leaves_the_parents_queue_alone() {
    alone(|room| {
        let (ours, shared) = (queue(room), queue(room));
        drop(Guard::new(ours));
        let at_home = !is_there(room, ours);

        let guard = Guard::new(shared);
        in_a_child(|| {
            // What the end of a function does in the child.
            // SAFETY: the copy is read once, and the child ends without another look at the original.
            drop(unsafe { ptr::read(&raw const guard) });
        });
        let in_the_child = !is_there(room, shared);
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
                "nobody removes the queue any more: the process that made the guard is to do it"
            ),
            (true, false) => assert!(
                !is_there(room, shared),
                "after a fork the parent does not remove its queue any more"
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
        assert!(
            !is_there(room, queue),
            "a thread of the process that made the guard has dropped it, and nobody removes the queue any more: \
             which process it is decides, and not which thread"
        );
    });
}

#[test]
fn child_removes_what_it_has_made() {
    alone(|room| {
        let (ours, theirs) = (queue(room), queue(room));
        let guard = Guard::new(ours);
        in_a_child(|| drop(Guard::new(theirs)));
        let gone = !is_there(room, theirs);
        drop(guard);
        // The other tests say it if nobody removes anything.
        let any = queue(room);
        drop(Guard::new(any));
        assert!(
            gone || is_there(room, any),
            "the child has made a guard itself and dropped it, and its queue is still there: responsible is \
             whoever made the guard, and not the first process of all"
        );
        for queue in room.queues() {
            room.remove(queue.msqid);
        }
    });
}
