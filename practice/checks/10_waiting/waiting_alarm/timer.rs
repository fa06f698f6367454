//! A timer whose signal comes when the test says so, and your function with it.

use super::*;
use practice::{Call, Moment, between_calls};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

/// What is to happen to your function.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Plan {
    /// The signal comes just before msgrcv would sleep.
    pub(super) early: bool,
    /// A message comes in the very moment in which the limit is over.
    pub(super) message_at_the_end: bool,
    /// What fails: arming the alarm, the msgrcv that waits, the last look.
    pub(super) arm_fails: Option<Errno>,
    pub(super) wait_fails: Option<Errno>,
    pub(super) last_fails: Option<Errno>,
}

#[derive(Debug)]
pub(super) struct Timer {
    plan: Plan,
    armed: Mutex<Option<(Duration, Duration)>>,
    pub(super) over: AtomicBool,
    /// How often your function has called a msgrcv that waits.
    pub(super) waits: AtomicUsize,
}

impl Timer {
    /// The limit is over: the first signal comes.
    pub(super) fn expire(&self) {
        let mut armed = self.armed.lock().expect("no panic under this lock");
        if armed.is_some() {
            self.over.store(true, SeqCst);
        }
        *armed = armed.filter(|(_, again)| !again.is_zero());
    }

    pub(super) fn armed(&self) -> Option<(Duration, Duration)> {
        *self.armed.lock().expect("no panic under this lock")
    }
}

impl Alarm for Timer {
    fn arm(&self, first: Duration, again: Duration) -> nix::Result<()> {
        if let Some(errno) = self.plan.arm_fails {
            return Err(errno);
        }
        self.over.store(false, SeqCst);
        *self.armed.lock().expect("no panic under this lock") =
            (!first.is_zero()).then_some((first, again));
        Ok(())
    }

    fn disarm(&self) {
        *self.armed.lock().expect("no panic under this lock") = None;
    }

    fn is_over(&self) -> bool {
        self.over.load(SeqCst)
    }
}

/// Your function at work.
pub(super) struct Running {
    pub(super) timer: Arc<Timer>,
    pub(super) worker: Worker<nix::Result<Option<Vec<u8>>>>,
}

impl Running {
    pub(super) fn start(queue: Queue, limit: Duration, plan: Plan) -> Running {
        let timer = Arc::new(Timer {
            plan,
            armed: Mutex::default(),
            over: AtomicBool::default(),
            waits: AtomicUsize::default(),
        });
        let (hooked, used) = (Arc::clone(&timer), Arc::clone(&timer));
        let mut message = plan.message_at_the_end;
        let hook = move |moment| match moment {
            Moment::Before(Call::Receive(_, _, _, flags)) if flags & libc::IPC_NOWAIT == 0 => {
                let first = hooked.waits.fetch_add(1, SeqCst) == 0;
                if first && plan.early {
                    hooked.expire();
                }
                plan.wait_fails
            }
            Moment::Before(Call::Receive(..)) if hooked.is_over() => plan.last_fails,
            Moment::After(Call::Receive(id, ..), Err(Errno::EINTR)) if hooked.is_over() => {
                if std::mem::take(&mut message) {
                    practice::send(id, 1, b"in the last moment").expect("room for it");
                }
                None
            }
            _ => None,
        };
        let worker =
            Worker::start(move || between_calls(hook, || recv_within(queue, &*used, limit)));
        Running { timer, worker }
    }

    /// Waits until your function sleeps in msgrcv, or has returned.
    #[track_caller]
    pub(super) fn settle(&self) {
        until(
            "your function to sleep in msgrcv, or to return: does it look again and again instead?",
            || self.worker.has_ended() || self.worker.waits(),
        );
    }

    /// The limit is over while your function sleeps, or was over already. What it returns in the
    /// end, and the timer must be disarmed then.
    #[track_caller]
    pub(super) fn expire(self, case: &str) -> nix::Result<Option<Vec<u8>>> {
        self.settle();
        self.timer.expire();
        // That which comes at once is already under way. If there is none after it, and your
        // function sleeps, it will sleep forever.
        if !self.timer.plan.early && !self.worker.has_ended() && self.timer.is_over() {
            self.worker.interrupt();
        }
        let mut asleep = false;
        until("your function to return, as the limit is over", || {
            match self.timer.armed() {
                Some(_) => self.worker.interrupt(),
                None if self.timer.plan.early || !self.timer.is_over() => {
                    asleep = self.worker.waits();
                }
                None => {}
            }
            asleep || self.worker.has_ended()
        });
        assert!(
            !asleep || self.timer.is_over(),
            "{case}: your function sleeps in msgrcv, and the alarm is not armed: nothing ends that"
        );
        assert!(
            !asleep,
            "{case}: your function sleeps in msgrcv, and no signal comes any more: it sleeps forever. \
             Let the signal come again and again, until somebody is awake to disarm the alarm"
        );
        self.end(case)
    }

    /// What your function has returned.
    #[track_caller]
    pub(super) fn end(self, case: &str) -> nix::Result<Option<Vec<u8>>> {
        until("your function to return", || self.worker.has_ended());
        let Running { timer, worker } = self;
        let received = worker.returned(case);
        assert!(
            timer.armed().is_none(),
            "{case}: you return {received:?}, and the alarm is still armed: its signals go on, and \
             interrupt whatever your program does next"
        );
        received
    }
}
