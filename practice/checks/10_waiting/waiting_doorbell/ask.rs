//! A call of your function that cannot harm the test: where the kernel would write past the end of
//! the type, it is not asked.

use super::*;
use practice::{Call, Moment, Room, Worker, between_calls, yours};
use std::cell::RefCell;
use std::rc::Rc;

/// What your function returns, and what it has called.
pub(super) type Asked = (nix::Result<Bell>, Vec<Call>);

pub(super) fn hooked(id: c_int) -> Asked {
    with(id, None)
}

/// The first msgrcv fails with this errno.
fn with(id: c_int, mut errno: Option<Errno>) -> Asked {
    let calls = Rc::new(RefCell::new(Vec::new()));
    let seen = Rc::clone(&calls);
    let hook = move |moment| match moment {
        Moment::Before(call) => {
            seen.borrow_mut().push(call);
            match call {
                Call::Receive(_, 1.., ..) => Some(Errno::EFAULT),
                Call::Receive(..) => errno.take(),
                _ => None,
            }
        }
        Moment::After(..) => None,
    };
    let rung = between_calls(hook, || wait_for_any(id));
    (rung, calls.take())
}

/// What your function returns, if what it has called can be let through.
#[track_caller]
pub(super) fn ask(id: c_int, what: &str) -> nix::Result<Bell> {
    let worker = Worker::start(move || hooked(id));
    until("your function to return, or to sleep in msgrcv", || {
        worker.has_ended() || worker.waits()
    });
    assert!(
        worker.has_ended(),
        "a message waits, or the queue is gone, and your function sleeps in msgrcv. Which type means \
         any?"
    );
    judge(worker.returned(what))
}

#[track_caller]
pub(super) fn failing(id: c_int, errno: Errno) -> nix::Result<Bell> {
    judge(yours("an error of msgrcv", || with(id, Some(errno))))
}

#[track_caller]
pub(super) fn judge((rung, calls): Asked) -> nix::Result<Bell> {
    for call in calls {
        match call {
            Call::Receive(_, size @ 1.., ..) => panic!(
                "you say that there is room for {size} bytes after the type, and there is none: the \
                 kernel would write past its end, and take the message out. What fits is not left there"
            ),
            Call::Send(..) => panic!(
                "you put a message back: it is not in its place any more, somebody else may have filled \
                 the queue meanwhile, and if you are killed between the two calls it is lost"
            ),
            Call::Control(..) => {
                panic!(
                    "you ask msgctl: what it says is over before you can sleep. One msgrcv is all"
                )
            }
            _ => {}
        }
    }
    rung
}

/// Whether your function finds a message and says so; another test says it if not.
pub(super) fn finds_one(room: &Room) -> bool {
    let id = queue(room).id();
    send(id, 3, b"hello").expect("room for it");
    let found = practice::failure(|| assert!(ask(id, "a message") == Ok(Bell::Waits)));
    let stays = count(room, id) == Some(1);
    room.remove(id);
    found.is_none() && stays
}

/// Your function, asleep at an empty queue.
#[track_caller]
pub(super) fn asleep(id: c_int) -> Worker<Asked> {
    let worker = Worker::start(move || hooked(id));
    until(
        "your function to sleep in msgrcv, as the queue is empty: does it look again and again \
         instead?",
        || worker.has_ended() || worker.waits(),
    );
    if worker.has_ended() {
        let asked = worker.returned("an empty queue");
        let waits = |call: &Call| matches!(call, Call::Receive(_, _, _, flags) if flags & libc::IPC_NOWAIT == 0);
        let has_slept = asked.1.iter().any(waits);
        let rung = judge(asked);
        assert!(
            has_slept || rung != Err(Errno::ENOMSG),
            "the queue is empty, and you return ENOMSG at once: that is IPC_NOWAIT, and the kernel must wake \
             you"
        );
        panic!("the queue is empty, and you return {rung:?} at once: sleep until a message comes");
    }
    worker
}
