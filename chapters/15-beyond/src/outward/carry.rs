//! The way of a message: written down, published, taken.

use anyhow::Context as _;
use ch02_create::Queue;
use ch03_structure::MessageType;
use ch06_cleanup::Status;
use ch10_waiting::Inbox;
use ch15_beyond::{Journal, OwnedMessage, Takers, Window, new_epoch};
use nix::unistd::Pid;
use tokio::io::unix::AsyncFd;

use super::explain;
use crate::stop::Stop;
use crate::stream::Stream;

/// A queue on its way into a stream.
pub(super) struct Outward {
    pub(super) queue: Queue,
    pub(super) journal: Journal,
    pub(super) takers: Takers,
    pub(super) stream: Stream,
    /// What the IDs begin with, and the number of the next message.
    pub(super) epoch: u64,
    pub(super) next: u64,
    /// Who has to be the last receiver, if it is known.
    pub(super) last: Option<Pid>,
    pub(super) most: usize,
    done: u64,
}

impl Outward {
    pub(super) fn new(
        queue: Queue,
        journal: Journal,
        takers: Takers,
        stream: Stream,
        most: usize,
    ) -> Outward {
        let (epoch, next) = (new_epoch(), 0);
        Outward { queue, journal, takers, stream, epoch, next, last: None, most, done: 0 }
    }

    /// How many messages have been passed on.
    pub(super) fn done(&self) -> u64 {
        self.done
    }

    // ANCHOR: run
    /// Carries messages until it is asked to stop.
    pub(super) async fn run(
        &mut self,
        mut bell: AsyncFd<Inbox>,
        stop: &mut Stop,
    ) -> anyhow::Result<()> {
        while !stop.is_asked() {
            let in_hand = bell.get_mut().in_hand();
            let in_hand = in_hand.map_err(|errno| explain::queue(self.queue, errno))?;
            if let Some(message_type) = in_hand {
                self.carry_empty(message_type, stop).await?;
                continue;
            }
            if let Some(window) = self.copy()? {
                self.carry(window, stop).await?;
                continue;
            }
            // Nothing is there. From now on the bell rings for the next message.
            if !bell.get_mut().wait_again() {
                continue;
            }
            tokio::select! {
                biased;
                () = stop.asked() => break,
                ready = bell.readable() => ready?.clear_ready(),
            }
        }
        // The signal to stop and an empty message may come in the same moment.
        match bell.into_inner().stop() {
            Ok(Some(message_type)) => self.carry_empty(message_type, stop).await,
            stopped => stopped.map(drop).context("cannot end the wait for the queue"),
        }
    }

    /// Writes the window down, publishes it, and takes it when the stream has it all.
    async fn carry(&mut self, window: Window, stop: &mut Stop) -> anyhow::Result<()> {
        if window.source.is_none() {
            return self.carry_held(window, stop).await;
        }
        self.journal.write(&window).map_err(explain::journal)?;
        if self.publish(&window, stop).await? {
            self.take(&window, stop).await?;
        }
        Ok(())
    }
    // ANCHOR_END: run

    /// An empty message cannot be waited for without taking it.
    async fn carry_empty(&mut self, number: MessageType, stop: &mut Stop) -> anyhow::Result<()> {
        self.last = None;
        let message = OwnedMessage { message_type: number, bytes: vec![] };
        let window = self.window(None, vec![message]);
        self.carry_held(window, stop).await
    }

    /// Carries what is not in the queue: also if it cannot be written down, for it has no other
    /// place.
    pub(super) async fn carry_held(
        &mut self,
        window: Window,
        stop: &mut Stop,
    ) -> anyhow::Result<()> {
        let written = self.journal.write(&window).map_err(explain::journal);
        if !self.publish(&window, stop).await? {
            return written.context("a message that had to be taken first is lost");
        }
        written?;
        let count = window.messages.len();
        self.done += count as u64;
        self.journal.note(count).map_err(explain::journal)
    }

    /// Takes a window out of the queue, one message after the other.
    pub(super) async fn take(&mut self, window: &Window, stop: &mut Stop) -> anyhow::Result<()> {
        let count = window.messages.len();
        let source = window.source.as_ref().expect("they are in the queue");
        // Who has received meanwhile; after the first taking the kernel does not know any more.
        let other = Status::of(self.queue).ok().map(|status| status.last_receiver);
        let other = other.filter(|last| *last != source.before);
        for (index, message) in window.messages.iter().enumerate() {
            let taker = source.taker(index);
            self.last = Some(taker);
            let taken = match self.takers.take(taker) {
                Ok(taken) => taken,
                Err(error) => {
                    if explain::is_removal(&error) {
                        // Nothing is left to take, and all of it has arrived.
                        self.journal.note(count).map_err(explain::journal)?;
                    }
                    return Err(explain::take(self.queue, error));
                }
            };
            if taken.as_ref() != Some(message) {
                return self.intruder(taken, stop).await;
            }
            self.done += 1;
            self.journal.note(index + 1).map_err(explain::journal)?;
        }
        other.map_or(Ok(()), |who| Err(explain::intruder(who)))
    }

    /// What was taken is not what was published: somebody else has taken that. This one has no
    /// other place any more.
    async fn intruder(
        &mut self,
        taken: Option<OwnedMessage>,
        stop: &mut Stop,
    ) -> anyhow::Result<()> {
        if let Some(message) = taken {
            let window = self.window(None, vec![message]);
            self.carry_held(window, stop).await?;
        }
        Err(explain::intruder(None))
    }
}
