//! A call of your function that cannot harm the test, and what must become of a long message.

use super::*;
use practice::{Moment, between_calls, yours};
use std::cell::Cell;
use std::rc::Rc;

const WORD: usize = size_of::<c_long>();

pub(super) fn of(number: c_long) -> MessageType {
    MessageType::new(number).expect("a type")
}

/// Calls your function. Where the kernel would write past the end of the envelope, it is not asked.
#[track_caller]
pub(super) fn ask(
    id: c_int,
    wanted: c_long,
    envelope: &mut Envelope,
    what: &str,
) -> nix::Result<bool> {
    let room = envelope.capacity();
    let asked = Rc::new(Cell::new(None));
    let size_asked = Rc::clone(&asked);
    let hook = move |moment| match moment {
        Moment::Before(Call::Receive(_, size, ..)) if size > room => {
            size_asked.set(Some(size));
            Some(Errno::EFAULT)
        }
        _ => None,
    };
    let taken = yours(what, || between_calls(hook, || take(id, of(wanted), envelope)));
    assert!(
        envelope.capacity() == room,
        "the envelope had room for {room} bytes, and you have made it larger: a message that is longer \
         must stay in the queue"
    );
    if let Some(size) = asked.get() {
        assert!(
            size != room + WORD,
            "you say that there is room for {size} bytes, and the envelope has room for {room} after \
             the type: with a message of {size} bytes the kernel would write {WORD} bytes past its \
             end. Does your size count the message type?"
        );
        panic!(
            "you say that there is room for {size} bytes, and the envelope has room for {room}: with \
             a message of {size} bytes the kernel would write past its end"
        );
    }
    taken
}

/// A message that is too long has to stay, and E2BIG is returned.
#[track_caller]
pub(super) fn stays(taken: nix::Result<bool>, is_there: bool, has: usize, what: &str) {
    assert!(
        is_there,
        "{what}: it was cut to the {has} bytes that you have room for, and the rest is lost: that is \
         MSG_NOERROR"
    );
    assert!(
        taken != Ok(false),
        "{what}: it is there, too long, and you say that there is none. To you every error means \
         \"empty\", or msgrcv is not called"
    );
    assert!(
        taken == Err(Errno::E2BIG),
        "{what}: it is too long, which is E2BIG, and you return {taken:?}"
    );
}
