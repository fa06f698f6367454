//! A bridge that is killed, or whose step fails, when the test says so.

use super::*;
use nix::errno::Errno;
use practice::Relay;

/// How the step with a number ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The bridge is killed before it, or after it.
    Killed { after: bool },
    /// It does nothing, and fails.
    Fails(Errno),
}

#[derive(Clone, Default)]
pub(super) struct Mortal {
    pub(super) relay: Relay,
    pub(super) steps: Vec<&'static str>,
    /// What was published, stored or not.
    pub(super) published: Vec<Numbered>,
    /// The number of a step, from 1 on, and its end.
    pub(super) end: Option<(usize, End)>,
    pub(super) dead: bool,
}

impl Mortal {
    pub(super) fn with(messages: &[&str]) -> Mortal {
        let queue = messages.iter().map(|text| text.as_bytes().to_vec()).collect();
        Mortal { relay: Relay { queue, ..Relay::default() }, ..Mortal::default() }
    }

    /// What your function returns now.
    #[track_caller]
    pub(super) fn ask(&mut self, at: &str) -> nix::Result<bool> {
        yours(at, || carry(self))
    }

    /// Asks until the queue is empty, or nothing moves: whether it is.
    #[track_caller]
    pub(super) fn drain(&mut self, at: &str) -> bool {
        (0..12).any(|_| self.ask(at) == Ok(false)) && self.relay.queue.is_empty()
    }

    /// What the stream has, as texts.
    pub(super) fn stored(&self) -> Vec<String> {
        let stored = self.relay.stream.iter();
        stored.map(|entry| String::from_utf8_lossy(&entry.bytes).into_owned()).collect()
    }

    fn step<T>(
        &mut self,
        name: &'static str,
        make: impl FnOnce(&mut Relay) -> nix::Result<T>,
    ) -> nix::Result<T> {
        // The dead do nothing.
        if self.dead {
            return Err(Errno::ESRCH);
        }
        self.steps.push(name);
        let due = self.end.filter(|(nth, _)| *nth == self.steps.len());
        match due.map(|(_, end)| end) {
            None => make(&mut self.relay),
            Some(End::Fails(errno)) => Err(errno),
            Some(End::Killed { after }) => {
                self.dead = true;
                if after {
                    make(&mut self.relay)?;
                }
                Err(Errno::ESRCH)
            }
        }
    }
}

impl Outward for Mortal {
    fn peek(&mut self) -> nix::Result<Option<Vec<u8>>> {
        self.step("peek", Relay::peek)
    }

    fn take(&mut self) -> nix::Result<()> {
        self.step("take", Relay::take)
    }

    fn journal(&mut self) -> nix::Result<Option<Numbered>> {
        self.step("journal", Relay::journal)
    }

    fn write(&mut self, entry: &Numbered) -> nix::Result<()> {
        self.step("write", |relay| relay.write(entry))
    }

    fn was_taken(&mut self) -> nix::Result<bool> {
        self.step("was_taken", Relay::was_taken)
    }

    fn publish(&mut self, entry: &Numbered) -> nix::Result<()> {
        self.published.push(entry.clone());
        self.step("publish", |relay| relay.publish(entry))
    }
}
