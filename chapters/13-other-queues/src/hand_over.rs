//! How another program comes to its end of a queue.

use std::env;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::process::Command;
use std::str::FromStr;

use nix::errno::Errno;

use crate::MessageQueue;

/// What a program does with its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It sends: the end is its standard output, or named in its environment.
    Sender,
    /// It receives: the end is its standard input, or named in its environment.
    Receiver,
}

// ANCHOR: hand-over
/// A queue whose ends can be in different programs.
///
/// A descriptor is inherited: the end that a child receives from is its standard input, the one
/// that it sends to its standard output, so one child can have one of each. What is known by a
/// name or an ID is opened by that, which the child finds in its environment.
pub trait HandOver: MessageQueue {
    /// A second end like this one, as another program would have it. It is not responsible for the
    /// queue.
    ///
    /// # Errors
    ///
    /// `EMFILE`, `ENFILE`: too many descriptors are open. `EINVAL`, `ENOENT`: the queue has gone.
    fn try_clone(&self) -> nix::Result<Self>;

    /// Gives this end to a program that is about to be started, for that role.
    ///
    /// This process keeps its own. Close it, and drop the command, if the end is to be noticed:
    /// either keeps a descriptor open.
    ///
    /// # Errors
    ///
    /// As for [`HandOver::try_clone`].
    fn give(&self, child: &mut Command, role: Role) -> nix::Result<()>;

    /// The end that this program was given.
    ///
    /// A descriptor stays open as the standard stream, too, until the program ends.
    ///
    /// # Errors
    ///
    /// As for [`HandOver::try_clone`]; `ENOENT` also: nothing was given.
    fn take(role: Role) -> nix::Result<Self>;
}
// ANCHOR_END: hand-over

impl Role {
    fn variable(self) -> &'static str {
        match self {
            Role::Sender => "CH13_SEND_TO",
            Role::Receiver => "CH13_RECEIVE_FROM",
        }
    }

    pub(crate) fn give_descriptor(self, end: &impl AsFd, child: &mut Command) -> nix::Result<()> {
        let end = duplicate(end.as_fd())?;
        match self {
            Role::Sender => child.stdout(end),
            Role::Receiver => child.stdin(end),
        };
        Ok(())
    }

    pub(crate) fn take_descriptor(self) -> nix::Result<OwnedFd> {
        match self {
            Role::Sender => duplicate(io::stdout().as_fd()),
            Role::Receiver => duplicate(io::stdin().as_fd()),
        }
    }

    pub(crate) fn give_name(self, name: impl ToString, child: &mut Command) {
        child.env(self.variable(), name.to_string());
    }

    pub(crate) fn take_name<T: FromStr>(self) -> nix::Result<T> {
        let name = env::var(self.variable()).ok().and_then(|name| name.parse().ok());
        name.ok_or(Errno::ENOENT)
    }
}

/// Another descriptor for the same end, which no child inherits by chance.
pub(crate) fn duplicate(end: BorrowedFd<'_>) -> nix::Result<OwnedFd> {
    end.try_clone_to_owned().map_err(|error| Errno::try_from(error).unwrap_or(Errno::EBADF))
}
