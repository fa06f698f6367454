use super::*;
use nix::sys::wait::WaitStatus;
use practice::{alone, clear, in_a_child, is_there, queue};
use std::thread;

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
                "nobody removes the queue any more: the process that made the guard is to do it"
            ),
            (true, false) => assert!(
                !is_there(room, shared.id()),
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
            !is_there(room, queue.id()),
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
