//! How another program comes to its end of a queue.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::process::Command;

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
    /// As for [`HandOver::try_clone`]; `ENOENT` also: no name or ID was given. A standard stream
    /// there always is; whether it is an end shows when it is used.
    fn take(role: Role) -> nix::Result<Self>;
}

/// A descriptor is inherited.
impl<Q: MessageQueue + AsFd + From<OwnedFd>> HandOver for Q {
    fn try_clone(&self) -> nix::Result<Q> {
        duplicate(self.as_fd()).map(Q::from)
    }

    fn give(&self, child: &mut Command, role: Role) -> nix::Result<()> {
        let end = duplicate(self.as_fd())?;
        match role {
            Role::Sender => child.stdout(end),
            Role::Receiver => child.stdin(end),
        };
        Ok(())
    }

    fn take(role: Role) -> nix::Result<Q> {
        let end = match role {
            Role::Sender => duplicate(io::stdout().as_fd()),
            Role::Receiver => duplicate(io::stdin().as_fd()),
        };
        end.map(Q::from)
    }
}

/// Another descriptor for the same end. `O_CLOEXEC`: no child inherits it by chance.
fn duplicate(end: BorrowedFd<'_>) -> nix::Result<OwnedFd> {
    end.try_clone_to_owned().map_err(|error| Errno::try_from(error).unwrap_or(Errno::EBADF))
}
