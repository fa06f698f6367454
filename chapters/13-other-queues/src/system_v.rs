//! System V message queues: the library of chapters 2 to 6.

use ch02_create::{Mode, Queue};
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::OwnedQueue;
use nix::errno::Errno;

use crate::MessageQueue;

/// A System V message queue. Both ends are the same: an ID.
#[derive(Debug)]
pub struct SystemV {
    sender: Sender,
    receiver: Receiver,
    /// Removes the queue: the receiving end's. `None` is an end that another one answers for.
    owner: Option<OwnedQueue>,
}

impl SystemV {
    /// An end of this queue, which stays when the end is closed.
    #[must_use]
    pub fn new(queue: Queue) -> SystemV {
        SystemV { sender: Sender::new(queue), receiver: Receiver::new(queue), owner: None }
    }

    /// The queue.
    #[must_use]
    pub fn queue(&self) -> Queue {
        self.sender.queue()
    }
}

impl MessageQueue for SystemV {
    const NAME: &'static str = "system-v";

    fn pair() -> nix::Result<(SystemV, SystemV)> {
        let owner = OwnedQueue::new(Queue::private(Mode::S_IRUSR | Mode::S_IWUSR)?);
        let (sender, mut receiver) = (SystemV::new(owner.queue()), SystemV::new(owner.queue()));
        receiver.owner = Some(owner);
        Ok((sender, receiver))
    }

    fn send(&mut self, message: &[u8]) -> nix::Result<()> {
        self.sender.send(MessageType::ONE, message)
    }

    fn recv(&mut self) -> nix::Result<Option<&[u8]>> {
        Ok(Some(self.receiver.recv(Select::Any)?.bytes()))
    }

    fn try_recv(&mut self) -> nix::Result<Option<&[u8]>> {
        let message = self.receiver.try_recv(Select::Any)?.ok_or(Errno::EAGAIN)?;
        Ok(Some(message.bytes()))
    }

    fn close(self) -> nix::Result<()> {
        self.owner.map_or(Ok(()), OwnedQueue::remove)
    }
}
