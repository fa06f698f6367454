//! The onlooker: what is in the namespace of the calling thread, seen without a trace.

use simulator::{Id, Message};

use crate::desk::{LONGEST, RawStatus};
use crate::{namespace, raw};

const MSG_STAT: i32 = 11;
const MSG_INFO: i32 = 12;

/// The ids of all queues, in the order of their slots.
pub(crate) fn ids() -> Vec<Id> {
    let mut room = raw::blank();
    // SAFETY: MSG_INFO writes one `msginfo`, eight numbers at most, and a `msqid_ds` has room for them.
    let highest = unsafe { libc::msgctl(0, MSG_INFO, &raw mut room) };
    let slots = 0..=highest.max(0);
    // SAFETY: MSG_STAT writes one `msqid_ds`, where there is one.
    let at = |slot| unsafe { libc::msgctl(slot, MSG_STAT, &raw mut room) };
    slots.map(at).filter(|id| *id >= 0).map(Id).collect()
}

pub(crate) fn status(id: i32) -> Option<RawStatus> {
    raw::stat(id).ok().map(|status| raw::raw_status(&status))
}

/// The messages of a queue, the oldest first.
pub(crate) fn contents(id: i32, msgmax: u32) -> Vec<Message> {
    let count = status(id).map_or(0, |seen| seen.qnum);
    if count == 0 {
        return Vec::new();
    }
    // A message that is longer than today's msgmax cannot be copied out: for this look it can.
    namespace::set_limit("msgmax", LONGEST as u32);
    let messages = (0..count).map(|place| copy(id, place)).collect();
    namespace::set_limit("msgmax", msgmax);
    messages
}

fn copy(id: i32, place: u64) -> Message {
    let mut room = vec![0_i64; 1 + 1024];
    loop {
        let size = 8 * (room.len() - 1);
        let place = place as libc::c_long;
        let flags = libc::MSG_COPY | libc::IPC_NOWAIT;
        // SAFETY: the kernel reads and writes a type and at most `size` bytes: a word, and the others.
        let len = unsafe { libc::msgrcv(id, room.as_mut_ptr().cast(), size, place, flags) };
        if let Ok(len) = usize::try_from(len) {
            let bytes = room[1..].iter().flat_map(|word| word.to_ne_bytes());
            return Message {
                serial: 0,
                mtype: room[0],
                text: bytes.take(len).collect(),
            };
        }
        let errno = nix::errno::Errno::last();
        let longer = errno == nix::errno::Errno::E2BIG && size < LONGEST;
        assert!(
            longer,
            "message {place} of queue {id} cannot be seen: {errno}"
        );
        room.resize(1 + LONGEST / 8, 0);
    }
}
