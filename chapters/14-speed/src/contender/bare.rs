//! The two system calls as C makes them: what the library is measured against.

use std::ffi::{c_int, c_long};
use std::ptr::{from_mut, from_ref};

use anyhow::Result;
use nix::errno::Errno;

use super::{Ends, LONGEST, queue};

/// As C programs declare it.
#[repr(C)]
pub(crate) struct Message {
    pub(crate) kind: c_long,
    pub(crate) text: [u8; LONGEST],
}

impl Message {
    pub(crate) fn new() -> Box<Message> {
        Box::new(Message { kind: 1, text: [0; LONGEST] })
    }

    /// Sends the first `length` bytes.
    pub(crate) fn send(&self, queue: c_int, length: usize, flags: c_int) -> nix::Result<()> {
        assert!(length <= LONGEST);
        // SAFETY: the kernel reads a `c_long` and `length` bytes after it, which are in the
        // structure: `length <= LONGEST`, and `repr(C)` has no gap between the two fields.
        let done = unsafe { libc::msgsnd(queue, from_ref(self).cast(), length, flags) };
        Errno::result(done).map(drop)
    }

    /// Receives the oldest message and returns its length.
    pub(crate) fn recv(&mut self, queue: c_int, flags: c_int) -> nix::Result<usize> {
        // SAFETY: the kernel writes a `c_long` and at most LONGEST bytes after it, which is what
        // the structure holds; any bytes are valid in it, and it is borrowed mutably.
        let length = unsafe { libc::msgrcv(queue, from_mut(self).cast(), LONGEST, 0, flags) };
        Errno::result(length).map(|length| length as usize)
    }
}

pub(super) fn connect(_size: usize) -> Result<Ends> {
    let owned = queue()?;
    let id = owned.queue().id();
    let (mut sent, mut received) = (Message::new(), Message::new());
    Ok(Ends {
        send: Box::new(move |bytes| {
            sent.text[..bytes.len()].copy_from_slice(bytes);
            Ok(sent.send(id, bytes.len(), 0)?)
        }),
        recv: Box::new(move || {
            let _queue = &owned;
            Ok(received.recv(id, 0)?)
        }),
    })
}
