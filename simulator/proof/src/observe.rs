//! The onlooker: what is in the namespace of the calling thread, seen without a trace.

use nix::errno::Errno;
use simulator::{Id, Message};

use crate::crates::USUAL;
use crate::namespace;
use crate::raw::{self, LONGEST};

const MSG_STAT: i32 = 11;
const MSG_INFO: i32 = 12;

/// The ids of all queues, in the order of their slots.
pub(crate) fn ids() -> Vec<Id> {
    let mut room = raw::blank();
    // SAFETY: MSG_INFO writes one `msginfo`, eight numbers at most, and a `msqid_ds` has room for
    // them.
    let highest = unsafe { libc::msgctl(0, MSG_INFO, &raw mut room) };
    let slots = 0..=highest.max(0);
    // SAFETY: MSG_STAT writes one `msqid_ds`, where there is one.
    let at = |slot| unsafe { libc::msgctl(slot, MSG_STAT, &raw mut room) };
    slots.map(at).filter(|id| *id >= 0).map(Id).collect()
}

/// The messages of a queue, the oldest first.
pub(crate) fn contents(id: Id, msgmax: u32) -> Vec<Message> {
    let count = raw::stat(id).map_or(0, |seen| seen.qnum as i64);
    if count == 0 {
        return Vec::new();
    }
    // A message that is longer than today's msgmax cannot be copied out: for this look it can.
    namespace::set_limit("msgmax", LONGEST as u32);
    let messages = (0..count).map(|place| copy(id, place)).collect();
    namespace::set_limit("msgmax", msgmax);
    messages
}

fn copy(id: Id, place: i64) -> Message {
    let copy = |size| raw::receive(id, size, place, libc::MSG_COPY | libc::IPC_NOWAIT);
    let message = copy(USUAL).or_else(|errno| match errno {
        Errno::E2BIG => copy(LONGEST),
        other => Err(other),
    });
    message.unwrap_or_else(|errno| panic!("message {place} of queue {id} cannot be seen: {errno}"))
}
