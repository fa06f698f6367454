//! A caller's queue and a clock of the test's own: what comes when is written down before.

use super::*;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

/// What no right function does more often.
const CALLS: usize = 10_000;
/// The time begins somewhere.
const BEGIN: Duration = Duration::from_secs(7);

#[derive(Default)]
pub(super) struct World {
    pub(super) now: Cell<Duration>,
    /// How long each call takes, over and above its wait.
    pub(super) call: Duration,
    /// The replies, and when each comes.
    pub(super) replies: RefCell<VecDeque<(Duration, Reply)>>,
    /// What the call with this number fails with: 1 is the first.
    pub(super) fails: Option<(usize, Errno)>,
    pub(super) calls: Cell<usize>,
}

impl World {
    /// These replies come, each after so many milliseconds.
    pub(super) fn new(replies: &[(u64, u64, &str)]) -> World {
        let replies = replies.iter().map(|(comes, number, text)| {
            let text = text.as_bytes().to_vec();
            (Duration::from_millis(*comes), Reply { number: *number, text })
        });
        World { replies: RefCell::new(replies.collect()), ..World::default() }
    }

    /// What your function returns, and how long that takes.
    #[track_caller]
    pub(super) fn ask(
        &self,
        number: u64,
        limit: Duration,
        at: &str,
    ) -> (nix::Result<Option<Vec<u8>>>, Duration) {
        self.now.set(BEGIN);
        let reply = yours(at, || reply_to(number, self, self, limit));
        assert!(
            self.calls.get() < CALLS,
            "you ask for the next reply again and again, {CALLS} times, without a pause: `next` waits as \
             long as you say"
        );
        (reply, self.now.get() - BEGIN)
    }

    /// How many replies are still there.
    pub(super) fn left(&self) -> usize {
        self.replies.borrow().len()
    }
}

impl Clock for World {
    fn now(&self) -> Duration {
        self.now.get()
    }

    fn pause(&self, time: Duration) {
        self.now.set(self.now.get().saturating_add(time));
    }
}

impl Replies for World {
    fn next(&self, within: Duration) -> nix::Result<Option<Reply>> {
        self.calls.set(self.calls.get() + 1);
        if let Some((_, errno)) = self.fails.filter(|(nth, _)| *nth == self.calls.get()) {
            return Err(errno);
        }
        if self.calls.get() >= CALLS {
            return Err(Errno::ENOSYS);
        }
        let end = self.now.get().saturating_add(within);
        let mut replies = self.replies.borrow_mut();
        let comes = replies.front().map(|(comes, _)| BEGIN + *comes);
        let found = comes.filter(|comes| *comes <= end);
        let now = found.map_or(end, |comes| comes.max(self.now.get()));
        self.now.set(now.saturating_add(self.call));
        Ok(found.and_then(|_| replies.pop_front()).map(|(_, reply)| reply))
    }
}
