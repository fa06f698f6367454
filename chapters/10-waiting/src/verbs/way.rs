//! The ways to receive that are compared, each as one function that waits for the next message.

use std::num::NonZero;
use std::os::fd::{AsFd, BorrowedFd};
use std::thread;
use std::time::Duration;

use ch02_create::Queue;
use ch05_receive::{Receiver, Select};
use ch10_waiting::{Inbox, ReadAhead};
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

/// Waits for the next message and returns its bytes.
pub(crate) type Next = Box<dyn FnMut() -> nix::Result<Vec<u8>>>;

/// A way to receive.
#[derive(Clone, Copy)]
pub(crate) struct Way {
    /// As it is named on the command line.
    pub(crate) name: &'static str,
    pub(crate) begin: fn(Queue) -> nix::Result<Next>,
}

/// The first three can wait for something else as well. The fourth looks at one after the other,
/// and the last can wait for a queue alone: what the others are measured against.
pub(crate) const WAYS: [Way; 5] = [
    Way { name: "inbox", begin: inbox },
    Way { name: "read-ahead", begin: |queue| read_ahead(queue, 1) },
    Way { name: "read-ahead-64", begin: |queue| read_ahead(queue, 64) },
    Way { name: "pauses", begin: pauses },
    Way { name: "recv", begin: recv },
];

fn inbox(queue: Queue) -> nix::Result<Next> {
    let mut inbox = Inbox::new(queue, Select::Any)?;
    Ok(Box::new(move || {
        loop {
            if let Some(message) = inbox.try_recv()? {
                return Ok(message.bytes().to_vec());
            }
            wait_for(inbox.as_fd())?;
        }
    }))
}

fn read_ahead(queue: Queue, room: usize) -> nix::Result<Next> {
    let mut ahead = ReadAhead::new(queue, NonZero::new(room).ok_or(Errno::EINVAL)?)?;
    Ok(Box::new(move || {
        loop {
            if let Some((_, bytes)) = ahead.try_recv()? {
                return Ok(bytes);
            }
            wait_for(ahead.as_fd())?;
        }
    }))
}

fn pauses(queue: Queue) -> nix::Result<Next> {
    let mut receiver = Receiver::new(queue);
    Ok(Box::new(move || {
        loop {
            if let Some(message) = receiver.try_recv(Select::Any)? {
                return Ok(message.bytes().to_vec());
            }
            thread::sleep(Duration::from_millis(1));
        }
    }))
}

fn recv(queue: Queue) -> nix::Result<Next> {
    let mut receiver = Receiver::new(queue);
    Ok(Box::new(move || receiver.recv(Select::Any).map(|message| message.bytes().to_vec())))
}

fn wait_for(descriptor: BorrowedFd<'_>) -> nix::Result<()> {
    match poll(&mut [PollFd::new(descriptor, PollFlags::POLLIN)], PollTimeout::NONE) {
        Ok(_) | Err(Errno::EINTR) => Ok(()),
        Err(errno) => Err(errno),
    }
}
