//! What is carried next: what the last bridge has left, then what is at the front of the queue.

use anyhow::Context as _;
use ch05_receive::Receiver;
use ch06_cleanup::Status;
use ch15_beyond::{Origin, OwnedMessage, Resumed, Source, Window};
use nix::errno::Errno;
use streams::report;

use super::carry::Outward;
use super::{explain, open};
use crate::stop::Stop;

impl Outward {
    /// Copies what is at the front of the queue. `None`: nothing is.
    pub(super) fn copy(&mut self) -> anyhow::Result<Option<Window>> {
        let status = Status::of(self.queue).map_err(|errno| explain::queue(self.queue, errno))?;
        if self.last.is_some() && self.last != status.last_receiver {
            return Err(explain::intruder(status.last_receiver));
        }
        let messages = match self.takers.peek(self.most) {
            // The queue is there, so this message is longer than what may be copied today.
            Err(Errno::EINVAL) => return self.take_long(&status),
            messages => messages.map_err(|errno| explain::queue(self.queue, errno))?,
        };
        if messages.is_empty() {
            return Ok(None);
        }
        let source = self.source(&status)?;
        Ok(Some(self.window(Some(source), messages)))
    }

    /// A message from a time when `msgmax` was larger can be received, and not copied.
    fn take_long(&mut self, status: &Status) -> anyhow::Result<Option<Window>> {
        let [taker, _] = self.takers.order(status.last_receiver);
        let taken = self.takers.take(taker).map_err(|error| explain::take(self.queue, error))?;
        self.last = Some(taker);
        Ok(taken.map(|message| self.window(None, vec![message])))
    }

    fn source(&self, status: &Status) -> anyhow::Result<Source> {
        let origin = Origin::of(self.queue, status).context("/proc is needed")?;
        let before = status.last_receiver;
        Ok(Source { origin, before, takers: self.takers.order(before) })
    }

    pub(super) fn window(&mut self, source: Option<Source>, messages: Vec<OwnedMessage>) -> Window {
        let first = self.next;
        self.next += messages.len() as u64;
        Window { epoch: self.epoch, first, source, messages }
    }

    /// Does what the last bridge has left to do.
    pub(super) async fn resume(&mut self, stop: &mut Stop) -> anyhow::Result<()> {
        let Some((window, noted)) = open::read(&self.journal)? else {
            return Ok(());
        };
        let status = Status::of(self.queue).map_err(|errno| explain::queue(self.queue, errno))?;
        let origin = Origin::of(self.queue, &status).context("/proc is needed")?;
        let mut receiver = Receiver::new(self.queue);
        let left = window.resume(noted, &origin, &status, &mut receiver);
        match left.map_err(|errno| explain::queue(self.queue, errno))? {
            Resumed::Done => Ok(()),
            Resumed::Held(mut window) => {
                window.source = None;
                let count = window.messages.len();
                report(format_args!(
                    "bridge: the last bridge was killed with messages in flight ({count}), and the queue has been changed since, or somebody has received: they are published again under their IDs, and those that are still in the queue may come twice"
                ));
                self.carry_held(window, stop).await
            }
            Resumed::Queued { mut window, accepted } => {
                window.source = Some(self.source(&status)?);
                self.journal.write(&window).map_err(explain::journal)?;
                if accepted || self.publish(&window, stop).await? {
                    self.take(&window, stop).await?;
                }
                Ok(())
            }
        }
    }
}
