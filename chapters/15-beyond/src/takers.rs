//! Taking by turns.

use std::fs::File;
use std::io;
use std::process::Command;

use ch02_create::Queue;
use ch05_receive::{Receiver, Select};
use nix::unistd::Pid;

use crate::OwnedMessage;
use crate::helper::Helper;

/// Two processes that take messages out of one queue by turns: this one and its helper.
///
/// The kernel remembers who received last (`msg_lrpid`). If the two take turns, that is a different
/// one after each message; so who knows whose turn it was knows whether the message was taken.
#[derive(Debug)]
pub struct Takers {
    receiver: Receiver,
    helper: Helper,
}

impl Takers {
    /// Starts the helper by this command, which has to call [`help`](crate::help). It keeps `lock`
    /// open.
    ///
    /// # Errors
    ///
    /// The helper cannot be started.
    pub fn start(queue: Queue, helper: Command, lock: File) -> io::Result<Takers> {
        Ok(Takers { receiver: Receiver::new(queue), helper: Helper::start(helper, lock)? })
    }

    /// The two, the first being another one than `before`.
    #[must_use]
    pub fn order(&self, before: Option<Pid>) -> [Pid; 2] {
        let (ours, other) = (Pid::this(), self.helper.pid());
        if before == Some(ours) { [other, ours] } else { [ours, other] }
    }

    /// Takes the oldest message, in this process or in the other.
    ///
    /// # Errors
    ///
    /// As for [`Receiver::try_recv`]. An error without an errno: the helper has ended. Whether it
    /// has taken the message, the kernel knows.
    pub fn take(&mut self, taker: Pid) -> io::Result<Option<OwnedMessage>> {
        if taker == self.helper.pid() {
            return self.helper.take();
        }
        Ok(self.receiver.try_recv(Select::Any)?.map(OwnedMessage::from))
    }

    /// Copies the messages at the front of the queue, so many at most.
    ///
    /// # Errors
    ///
    /// As for [`Receiver::peek`].
    pub fn peek(&mut self, most: usize) -> nix::Result<Vec<OwnedMessage>> {
        let mut messages = Vec::new();
        while messages.len() < most {
            match self.receiver.peek(messages.len()) {
                Ok(Some(message)) => messages.push(message.into()),
                Ok(None) => break,
                // The next one cannot be copied; those before it can.
                Err(_) if !messages.is_empty() => break,
                Err(errno) => return Err(errno),
            }
        }
        Ok(messages)
    }
}
