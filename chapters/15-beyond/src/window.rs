//! The messages in flight: copied, published under an ID, and not yet taken.

use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::process;
use std::time::{Instant, SystemTime};

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch05_receive::{Message, Receiver};
use ch06_cleanup::Status;
use nix::unistd::Pid;

/// A message as the queue had it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnedMessage {
    /// Its type.
    pub message_type: MessageType,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl From<Message<'_>> for OwnedMessage {
    fn from(message: Message<'_>) -> OwnedMessage {
        OwnedMessage { message_type: message.message_type(), bytes: message.bytes().to_vec() }
    }
}

/// Which queue it is, of all that have had its key: a queue that was removed and made again is
/// another one, and after a restart of the machine each is. Seen from another PID namespace it is
/// another one too: there the last receiver has another number, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(pub(crate) String);

impl Origin {
    /// The origin of a queue with this status.
    ///
    /// A change of its mode or capacity makes another one of it as well: the kernel does not say
    /// when a queue was made, only when it was made or changed.
    ///
    /// # Errors
    ///
    /// `/proc` cannot be read.
    pub fn of(queue: Queue, status: &Status) -> io::Result<Origin> {
        let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id")?;
        // Of this thread, not of the process: threads can have namespaces of their own.
        let namespace = |name| fs::metadata(format!("/proc/thread-self/ns/{name}"));
        let (queues, processes) = (namespace("ipc")?.ino(), namespace("pid")?.ino());
        let changed = status.last_changed.unwrap_or(SystemTime::UNIX_EPOCH);
        let seconds = changed.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        Ok(Origin(format!("{} {queues} {processes} {} {seconds}", boot.trim(), queue.id())))
    }
}

/// Messages that are copied from a queue, published under an ID, and taken when the stream has
/// them all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// A number that no other bridge has, nor this one when it is started again.
    pub epoch: u64,
    /// The number of the first message in this epoch.
    pub first: u64,
    /// The queue that the messages are in, and who takes them; `None` when none is in a queue.
    pub source: Option<Source>,
    /// The messages, in the queue's order.
    pub messages: Vec<OwnedMessage>,
}

/// Where the messages of a window are, and how to find out which of them are not any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The queue.
    pub origin: Origin,
    /// Who had received last when the window was copied.
    pub before: Option<Pid>,
    /// The two processes that take the messages by turns, the first one not being `before`.
    pub takers: [Pid; 2],
}

impl Window {
    /// What this message is published under. The same bytes a second time have another ID; the
    /// same message, published again, has this one.
    #[must_use]
    pub fn id(&self, index: usize) -> String {
        format!("{:016x}-{}", self.epoch, self.first + index as u64)
    }
}

impl Source {
    /// Who takes the message at this index.
    #[must_use]
    pub fn taker(&self, index: usize) -> Pid {
        self.takers[index % 2]
    }

    // ANCHOR: taken
    /// How many messages are taken. `noted` have been noted; the next may be taken, or not.
    ///
    /// `None`: somebody else has received since, so nobody knows.
    #[must_use]
    pub fn taken(&self, noted: usize, last_receiver: Option<Pid>) -> Option<usize> {
        let previous = match noted {
            0 => self.before,
            _ => Some(self.taker(noted - 1)),
        };
        if last_receiver == Some(self.taker(noted)) {
            Some(noted + 1)
        } else if last_receiver == previous {
            Some(noted)
        } else {
            None
        }
    }
    // ANCHOR_END: taken
}

/// A number that nobody has, for [`Window::epoch`].
#[must_use]
pub fn new_epoch() -> u64 {
    RandomState::new().hash_one((process::id(), Instant::now()))
}

/// What the last bridge has left to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resumed {
    /// Nothing.
    Done,
    /// Its messages wait in the queue: publish them again if `published` is not certain, and take
    /// them.
    Queued {
        /// The messages that are still to be taken, under their IDs.
        window: Window,
        /// Whether the stream has them all, since the first has been taken already.
        accepted: bool,
    },
    /// Its messages are not in this queue, or nobody knows: publish them again, and take nothing.
    /// With the IDs that they have, those that have arrived do not arrive twice.
    Held(Window),
}

impl Window {
    /// Finds out what is left of this window, of which so many messages are noted as taken.
    ///
    /// # Errors
    ///
    /// As for [`Receiver::peek`].
    pub fn resume(
        mut self,
        noted: usize,
        origin: &Origin,
        status: &Status,
        receiver: &mut Receiver,
    ) -> nix::Result<Resumed> {
        let length = self.messages.len();
        if noted >= length {
            return Ok(Resumed::Done);
        }
        let Some(source) = self.source.as_ref().filter(|source| source.origin == *origin) else {
            return Ok(Resumed::Held(self));
        };
        let Some(taken) = source.taken(noted, status.last_receiver) else {
            return Ok(Resumed::Held(self));
        };
        for (index, message) in self.messages[taken..].iter().enumerate() {
            let found = receiver.peek(index)?.map(OwnedMessage::from);
            if found.as_ref() != Some(message) {
                return Ok(Resumed::Held(self));
            }
        }
        self.messages.drain(..taken);
        self.first += taken as u64;
        match self.messages.len() {
            0 => Ok(Resumed::Done),
            _ => Ok(Resumed::Queued { window: self, accepted: taken > 0 }),
        }
    }
}
