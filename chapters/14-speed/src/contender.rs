//! What is compared: each carries messages from one process to another.

use anyhow::{Context, Result, bail};
use ch02_create::{Mode, Queue};
use ch06_cleanup::OwnedQueue;
use ch13_other_queues::{Datagram, MessageQueue, Pipe, Posix, SeqPacket, SystemV};

mod bare;
mod ipc_channel;
mod ring;

pub(crate) use bare::Message;

/// A mechanism.
#[derive(Debug, Clone, Copy)]
pub struct Contender {
    /// Its name in the file of figures.
    pub name: &'static str,
    /// How pages call it.
    pub label: &'static str,
    /// How plots call it, where there is little room.
    pub short: &'static str,
    /// Whether several processes may send through copies of one end.
    pub many_senders: bool,
    /// Makes a new one for messages of this size.
    connect: fn(usize) -> Result<Ends>,
}

/// Both ends of a new one. Each side uses its own after the fork.
pub struct Ends {
    /// Sends a message; waits for room.
    pub send: Sending,
    /// Receives a message and returns its length; waits for one.
    pub recv: Receiving,
}

/// Sends a message.
pub type Sending = Box<dyn FnMut(&[u8]) -> Result<()>>;

/// Receives a message and returns its length.
pub type Receiving = Box<dyn FnMut() -> Result<usize>>;

/// The longest message that any of them has to carry.
pub const LONGEST: usize = 8192;

/// All of them: our library first, what it is made of second. Each has the capacity that its
/// system gives it; a ring is as large as a queue is by default.
pub const CONTENDERS: &[Contender] = &[
    contender(SystemV::NAME, "System V queue, this library", "System V", mechanism::<SystemV>),
    contender("bare", "System V queue, bare calls", "bare calls", bare::connect),
    contender(Posix::NAME, "POSIX queue", "POSIX", mechanism::<Posix>),
    contender(
        SeqPacket::NAME,
        "Unix socket, `SOCK_SEQPACKET`",
        "seqpacket",
        mechanism::<SeqPacket>,
    ),
    contender(Datagram::NAME, "Unix socket, `SOCK_DGRAM`", "datagram", mechanism::<Datagram>),
    contender(Pipe::NAME, "pipe", "pipe", mechanism::<Pipe>),
    contender("ipc-channel", "crate `ipc-channel`", "ipc-channel", ipc_channel::connect),
    contender("ring", "ring in shared memory, mutex and futex", "ring", ring::robust),
    Contender {
        many_senders: false,
        ..contender(
            "semaphores",
            "ring in shared memory, semaphores",
            "semaphores",
            ring::semaphores,
        )
    },
];

const fn contender(
    name: &'static str,
    label: &'static str,
    short: &'static str,
    connect: fn(usize) -> Result<Ends>,
) -> Contender {
    Contender { name, label, short, many_senders: true, connect }
}

/// The contender of that name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Contender> {
    CONTENDERS.iter().find(|contender| contender.name == name)
}

impl Contender {
    /// Makes a new one for messages of `size` bytes.
    ///
    /// # Errors
    ///
    /// Says which of them could not be made, and why.
    pub fn connect(&self, size: usize) -> Result<Ends> {
        (self.connect)(size).with_context(|| self.name)
    }
}

/// Any mechanism of chapter 13.
fn mechanism<Q: MessageQueue + 'static>(_size: usize) -> Result<Ends> {
    let (mut sender, mut receiver) = Q::pair()?;
    Ok(Ends {
        send: Box::new(move |bytes| Ok(sender.send(bytes)?)),
        recv: Box::new(move || match receiver.recv()? {
            Some(message) => Ok(message.len()),
            None => bail!("the other side is gone"),
        }),
    })
}

/// A queue that is removed when this is dropped.
pub(crate) fn queue() -> Result<OwnedQueue> {
    Ok(OwnedQueue::new(Queue::private(Mode::S_IRUSR | Mode::S_IWUSR)?))
}
