//! What a bridge between a queue and a stream on another machine does, one step at a time, behind
//! traits: so a test can end it at each.

use std::collections::VecDeque;

/// A message on its way, with its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// Under which the stream knows it.
    pub number: u64,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// From a queue to a stream. No other program takes messages out of this queue.
pub trait Outward {
    /// The oldest message, which stays in the queue; `None` if there is none.
    fn peek(&mut self) -> nix::Result<Option<Vec<u8>>>;
    /// Takes the oldest message out of the queue.
    fn take(&mut self) -> nix::Result<()>;
    /// What was written into the journal last, before whatever end of this program.
    fn journal(&mut self) -> nix::Result<Option<Numbered>>;
    /// Writes this into the journal, in place of what is there. It is on the disk then.
    fn write(&mut self, entry: &Numbered) -> nix::Result<()>;
    /// Whether the message in the journal has been taken out of the queue since it was written.
    fn was_taken(&mut self) -> nix::Result<bool>;
    /// Hands a message to the stream, and waits until that has acknowledged it. If it has one with
    /// this number, it acknowledges as well, and does not store this one.
    fn publish(&mut self, entry: &Numbered) -> nix::Result<()>;
}

/// A queue, a journal and a stream in the memory of this program.
#[derive(Clone, Debug, Default)]
pub struct Relay {
    /// The messages in the queue, the oldest first.
    pub queue: VecDeque<Vec<u8>>,
    /// The journal, and whether its message has been taken since.
    pub written: Option<(Numbered, bool)>,
    /// What the stream has stored.
    pub stream: Vec<Numbered>,
}

impl Outward for Relay {
    fn peek(&mut self) -> nix::Result<Option<Vec<u8>>> {
        Ok(self.queue.front().cloned())
    }

    fn take(&mut self) -> nix::Result<()> {
        self.queue.pop_front().ok_or(nix::errno::Errno::ENOMSG)?;
        self.written.iter_mut().for_each(|(_, taken)| *taken = true);
        Ok(())
    }

    fn journal(&mut self) -> nix::Result<Option<Numbered>> {
        Ok(self.written.as_ref().map(|(entry, _)| entry.clone()))
    }

    fn write(&mut self, entry: &Numbered) -> nix::Result<()> {
        self.written = Some((entry.clone(), false));
        Ok(())
    }

    fn was_taken(&mut self) -> nix::Result<bool> {
        Ok(self.written.as_ref().is_some_and(|(_, taken)| *taken))
    }

    fn publish(&mut self, entry: &Numbered) -> nix::Result<()> {
        if self.stream.iter().all(|stored| stored.number != entry.number) {
            self.stream.push(entry.clone());
        }
        Ok(())
    }
}

/// A message that a stream has delivered, and that it will deliver again until it is answered.
pub trait Delivery {
    /// What is in it.
    fn bytes(&self) -> &[u8];
    /// The message has arrived: the stream forgets it.
    fn ack(&mut self) -> nix::Result<()>;
    /// It is still being worked at: the stream waits on.
    fn progress(&mut self) -> nix::Result<()>;
    /// It can never arrive: the stream gives up, and keeps the reason for somebody to read.
    fn term(&mut self, reason: &str) -> nix::Result<()>;
}

/// The queue in which it has to arrive.
pub trait Target {
    /// Puts a message into the queue, and does not wait for room: EAGAIN.
    fn try_send(&mut self, bytes: &[u8]) -> nix::Result<()>;
    /// How many bytes a message can have at most, at present.
    fn longest(&mut self) -> nix::Result<usize>;
    /// Waits until there may be room, for a second at most.
    fn wait(&mut self) -> nix::Result<()>;
}

/// A message from a stream in the memory of this program, with the answers to it.
#[derive(Clone, Debug, Default)]
pub struct Delivered {
    bytes: Vec<u8>,
    /// The answers, in their order.
    pub answers: Vec<String>,
}

impl Delivered {
    /// One that nobody has answered yet.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Delivered {
        Delivered { bytes: bytes.to_vec(), answers: Vec::new() }
    }
}

impl Delivery for Delivered {
    fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn ack(&mut self) -> nix::Result<()> {
        self.answers.push("ack".to_owned());
        Ok(())
    }

    fn progress(&mut self) -> nix::Result<()> {
        self.answers.push("progress".to_owned());
        Ok(())
    }

    fn term(&mut self, reason: &str) -> nix::Result<()> {
        self.answers.push(format!("term: {reason}"));
        Ok(())
    }
}
