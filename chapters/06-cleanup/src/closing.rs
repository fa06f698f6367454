//! The program's way to close a queue: a message that cannot be printed is not lost.

use std::io;

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch06_cleanup::OwnedQueue;
use nix::errno::Errno;
use streams::{Failure, Output};

#[path = "../../05-receive/src/put_back.rs"]
mod put_back;

/// Closes the queue and prints what was in it; returns what there is to say then.
pub(crate) fn close(queue: Queue, output: &mut Output) -> Result<String, Failure> {
    let closed = OwnedQueue::new(queue).try_close(|message| {
        let (message_type, bytes) = (message.message_type(), message.bytes());
        output
            .line(format_args!("type {message_type}: \"{}\"", bytes.escape_ascii()))
            .map_err(|error| Stop::Unprinted(error, message_type, bytes.to_vec()))
    });
    closed.map_err(|stop| match stop {
        Stop::Refused(errno) => crate::refused(errno),
        // The door is open again, so that there is room for it.
        Stop::Unprinted(error, message_type, bytes) => Failure::output(&error)
            .and(put_back::put_back(queue, message_type, &bytes))
            .and("the rest has not been taken"),
    })?;
    Ok(format!("queue {} closed", queue.id()))
}

/// What ends the closing before the queue is empty.
enum Stop {
    Refused(Errno),
    Unprinted(io::Error, MessageType, Vec<u8>),
}

impl From<Errno> for Stop {
    fn from(errno: Errno) -> Stop {
        Stop::Refused(errno)
    }
}
