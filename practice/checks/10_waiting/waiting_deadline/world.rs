//! A mailbox and a clock of the test's own: in it nothing takes time but what is said to.

use super::*;
use nix::errno::Errno;
use std::cell::{Cell, RefCell};

/// What no right function does more often.
const LOOKS: usize = 200_000;

/// The time begins somewhere.
const BEGIN: Duration = Duration::from_secs(5);

#[derive(Default)]
pub(super) struct World {
    pub(super) now: Cell<Duration>,
    /// How late each pause ends, and how long a look takes.
    pub(super) late: Duration,
    pub(super) look: Duration,
    /// A message, and when it comes.
    pub(super) message: RefCell<Option<(Duration, Vec<u8>)>>,
    /// What the look with this number fails with: 1 is the first.
    pub(super) fails: Option<(usize, Errno)>,
    /// When each look began, and what was asked for each pause, counted from the begin.
    pub(super) looks: RefCell<Vec<Duration>>,
    pub(super) pauses: RefCell<Vec<Duration>>,
    /// What was left of the limit at each pause, if there is a limit.
    pub(super) limit: Duration,
    pub(super) beyond: Cell<Option<(Duration, Duration)>>,
    pub(super) other_call: Cell<Option<&'static str>>,
}

impl World {
    /// What your function returns here, and when it ends.
    #[track_caller]
    pub(super) fn ask(
        &mut self,
        limit: Duration,
        at: &str,
    ) -> (nix::Result<Option<Vec<u8>>>, Duration) {
        self.now.set(BEGIN);
        self.limit = limit;
        let taken = yours(at, || take_within(self, self, limit));
        if let Some(call) = self.other_call.get() {
            panic!(
                "you call `{call}`: only `take` looks without waiting, and leaves the mailbox as it is"
            );
        }
        assert!(
            self.looks.borrow().len() < LOOKS,
            "you look again and again, {LOOKS} times, and it does not end. Either there is no pause \
             between two looks, or the limit begins anew with each"
        );
        (taken, self.passed())
    }

    fn passed(&self) -> Duration {
        self.now.get() - BEGIN
    }

    fn other(&self, call: &'static str) -> Errno {
        self.other_call.set(Some(call));
        Errno::ENOSYS
    }
}

impl Clock for World {
    fn now(&self) -> Duration {
        self.now.get()
    }

    fn pause(&self, time: Duration) {
        let left = self.limit.saturating_sub(self.passed());
        // Somebody may have asked the clock before the look.
        if time > left + self.look && self.beyond.get().is_none() {
            self.beyond.set(Some((time, left)));
        }
        self.pauses.borrow_mut().push(time);
        self.now.set(self.now.get().saturating_add(time).saturating_add(self.late));
    }
}

impl Mailbox for World {
    fn take(&self) -> nix::Result<Option<Vec<u8>>> {
        let passed = self.passed();
        self.looks.borrow_mut().push(passed);
        let count = self.looks.borrow().len();
        self.now.set(self.now.get() + self.look);
        if let Some((_, errno)) = self.fails.filter(|(nth, _)| *nth == count) {
            return Err(errno);
        }
        if count >= LOOKS {
            return Err(Errno::ENOSYS);
        }
        let mut message = self.message.borrow_mut();
        let message = message.take_if(|(comes, _)| *comes <= passed);
        Ok(message.map(|(_, bytes)| bytes))
    }

    fn wait(&self) -> nix::Result<Vec<u8>> {
        Err(self.other("wait"))
    }

    fn shut(&self) -> nix::Result<()> {
        Err(self.other("shut"))
    }

    fn remove(&self) -> nix::Result<()> {
        Err(self.other("remove"))
    }
}
