//! What can be done with a queue as a mailbox, and where a server's queue can be.
//!
//! Traits, so that a test can do something of its own between two calls.

use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};
use ch05_receive::{Receiver, Select};
use ch06_cleanup::set_capacity;

/// What can be done with a mailbox, one system call or two each.
pub trait Mailbox {
    /// Shuts the door: sets the capacity to 0. What is in the queue stays.
    fn shut(&self) -> nix::Result<()>;
    /// Takes the oldest message out, `None` if there is none now.
    fn take(&self) -> nix::Result<Option<Vec<u8>>>;
    /// Takes the oldest message out, and waits for one if there is none.
    fn wait(&self) -> nix::Result<Vec<u8>>;
    /// Removes the queue, at once and with all that is in it.
    fn remove(&self) -> nix::Result<()>;
}

impl Mailbox for Queue {
    fn shut(&self) -> nix::Result<()> {
        set_capacity(*self, 0)
    }

    fn take(&self) -> nix::Result<Option<Vec<u8>>> {
        let mut receiver = Receiver::new(*self);
        let message = receiver.try_recv(Select::Any)?;
        Ok(message.map(|message| message.bytes().to_vec()))
    }

    fn wait(&self) -> nix::Result<Vec<u8>> {
        let mut receiver = Receiver::new(*self);
        let message = receiver.recv(Select::Any)?;
        Ok(message.bytes().to_vec())
    }

    fn remove(&self) -> nix::Result<()> {
        ch06_cleanup::remove(*self)
    }
}

/// Where the queue of a server can be.
pub trait Place {
    /// Makes the queue; EEXIST if there is one.
    fn create(&self) -> nix::Result<Queue>;
    /// Finds the queue; ENOENT if there is none.
    fn find(&self) -> nix::Result<Queue>;
}

impl Place for Key {
    fn create(&self) -> nix::Result<Queue> {
        Queue::create_new(*self, Mode::S_IRUSR | Mode::S_IWUSR)
    }

    fn find(&self) -> nix::Result<Queue> {
        Queue::open(*self)
    }
}
