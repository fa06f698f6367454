use super::*;
use nix::errno::Errno;
use practice::{Call, Room, alone, errnos, failing, in_namespace, is_there, queue, send, yours};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// A queue with a message in it.
fn mailbox(room: &Room) -> c_int {
    // Another test is about the id 0.
    let (first, second) = (queue(room).id(), queue(room).id());
    let (id, other) = if first == 0 { (second, first) } else { (first, second) };
    room.remove(other);
    send(id, 1, b"hello").expect("room for a message");
    id
}

#[track_caller]
fn removed(id: c_int) {
    let said = remove(id);
    assert!(
        said != Err(Errno::EFAULT),
        "msgctl returns EFAULT: your command reads or writes a structure at the pointer, and removing does \
         neither. Which of the three commands removes?"
    );
    assert!(said.is_ok(), "the queue was there, and your remove returns {said:?}");
}

#[test]
fn remove_removes_the_queue() {
    alone(|room| {
        let id = mailbox(room);
        removed(id);
        assert!(
            !is_there(room, id),
            "your remove says that it is done, and the queue is still there, with its message"
        );
    });
}

#[test]
fn failed_removal_is_an_error() {
    alone(|room| {
        let id = mailbox(room);
        let neighbour = mailbox(room);
        for errno in errnos::CONTROL {
            let is_removal = |call| matches!(call, Call::Control(..));
            let said = yours("an error of msgctl", || failing(is_removal, 1, errno, || remove(id)));
            // None if msgctl is not called, and other tests say that.
            if let Some(said) = said {
                fails_with(said, errno, "msgctl has failed");
            }
        }
        let removed = yours("a queue that is there", || remove(id)).is_ok() && !is_there(room, id);
        assert!(
            is_there(room, neighbour),
            "you were asked to remove one queue, and another one is gone too"
        );
        if removed {
            fails_with(remove(id), Errno::EINVAL, "the queue was gone already");
        }
        practice::clear(room);
    });
}

#[track_caller]
fn fails_with(said: nix::Result<()>, errno: Errno, what: &str) {
    assert!(
        said.is_err(),
        "{what} ({errno:?}), and your remove returns {said:?}: -1 from msgctl means that it has failed, \
         and nobody read it"
    );
    assert!(
        said != Err(Errno::EPERM) || errno == Errno::EPERM,
        "{what} ({errno:?}), and your remove returns EPERM: that is number 1, and -1 only says that the \
         call has failed; the reason is in errno"
    );
    // A command that is not the removal has words of its own.
    assert!(
        said == Err(errno) || said == Err(Errno::EFAULT),
        "{what} ({errno:?}), and your remove returns {said:?}: hand on what the kernel gives as the reason"
    );
}

#[test]
fn end_of_the_scope_removes_the_queue() {
    alone(|room| {
        let id = mailbox(room);
        {
            let _guard = Guard { id };
            assert!(is_there(room, id), "the queue is gone while its guard is still in scope");
        }
        assert!(
            !is_there(room, id),
            "the guard has gone out of scope, and the queue is still there: your drop does not remove it"
        );
    });
}

#[test]
fn queue_with_the_id_0_is_removed_too() {
    // Elsewhere somebody else may have that one.
    in_namespace(|room| {
        let first = queue(room).id();
        assert!(first == 0, "the first queue of a namespace has the id {first}");
        let other = mailbox(room);
        drop(Guard { id: other });
        let works = !is_there(room, other);
        drop(Guard { id: first });
        let left = is_there(room, first);
        practice::clear(room);
        assert!(
            !(works && left),
            "the guard of the queue with the id 0 has been dropped, and the queue is still there: 0 is an id like \
             any other, and the first one given"
        );
    });
}

#[test]
fn question_mark_removes_the_queue() {
    fn work(id: c_int) -> nix::Result<()> {
        let _guard = Guard { id };
        Err(Errno::EINTR)?;
        Ok(())
    }
    alone(|room| {
        let id = mailbox(room);
        let _ = work(id);
        assert!(
            !is_there(room, id),
            "a ? has left the function, and the queue is still there: your drop does not remove it"
        );
    });
}

#[test]
fn panic_removes_the_queue() {
    alone(|room| {
        // Without a panic it works, or another test says so.
        let other = mailbox(room);
        drop(Guard { id: other });
        if is_there(room, other) {
            panic!(
                "a guard was dropped, and the queue is still there: your drop does not remove it"
            );
        }
        let id = mailbox(room);
        let _ = catch_unwind(|| {
            let _guard = Guard { id };
            resume_unwind(Box::new("some work went wrong"));
        });
        assert!(
            !is_there(room, id),
            "a panic has unwound the stack, and the queue is still there: a panic is a way out like the others"
        );
    });
}

#[test]
fn drop_of_a_removed_queue_does_not_panic() {
    alone(|room| {
        let id = mailbox(room);
        let guard = Guard { id };
        room.remove(id);
        let dropped = catch_unwind(AssertUnwindSafe(|| drop(guard)));
        assert!(
            dropped.is_ok(),
            "somebody else has removed the queue, and your drop panics: for a cleanup that is success. In the \
             middle of another panic it would end the whole program"
        );
    });
}
