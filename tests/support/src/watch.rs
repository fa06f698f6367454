//! A test's time, as the test, its watchdog and everything that waits share it.

use crate::namespace::current_namespace;
use crate::proc::{asleep_in_msg_call, this_thread};
use crate::room::Room;
use std::cell::RefCell;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, Weak};
use std::time::{Duration, Instant};

/// What there is to know about one running test.
pub(crate) struct Watch {
    pub(crate) test: String,
    pub(crate) limit: Duration,
    pub(crate) deadline: Instant,
    silent: bool,
    pub(crate) room: Arc<Room>,
    thread: i32,
    namespace: u64,
    state: Mutex<State>,
    change: Condvar,
}

#[derive(Default)]
struct State {
    ended: bool,
    /// What was said at the deadline.
    expired: Option<String>,
    waits: Vec<(u64, String)>,
    next_wait: u64,
    programs: Vec<Weak<dyn Program>>,
}

/// What the watchdog can do to a program in the background.
pub(crate) trait Program: Send + Sync {
    fn kill(&self);
}

thread_local! {
    static CURRENT: RefCell<Option<Arc<Watch>>> = const { RefCell::new(None) };
}

/// Every watch there is, for threads that a test started.
static ALL: Mutex<Vec<Weak<Watch>>> = Mutex::new(Vec::new());

impl Watch {
    /// A watch over the calling thread; a silent one lets no panic be shown once it has expired.
    pub(crate) fn new(test: &str, limit: Duration, silent: bool, room: &Arc<Room>) -> Arc<Watch> {
        let watch = Arc::new(Watch {
            test: test.to_owned(),
            limit,
            deadline: Instant::now() + limit,
            silent,
            room: Arc::clone(room),
            thread: this_thread(),
            namespace: current_namespace(),
            state: Mutex::default(),
            change: Condvar::new(),
        });
        let mut all = ALL.lock().expect("no panic under this lock");
        all.retain(|known| known.strong_count() > 0);
        all.push(Arc::downgrade(&watch));
        watch
    }

    /// Makes this the calling thread's watch; returns the one before.
    pub(crate) fn set_current(watch: Option<Arc<Watch>>) -> Option<Arc<Watch>> {
        CURRENT.replace(watch)
    }

    /// The watch over this thread: its own, or that of the only test in its namespace.
    pub(crate) fn current() -> Option<Arc<Watch>> {
        if let Some(own) = CURRENT.with_borrow(Clone::clone) {
            return Some(own);
        }
        let here = current_namespace();
        let all = ALL.lock().expect("no panic under this lock");
        let mut found = all.iter().filter_map(Weak::upgrade).filter(|w| w.namespace == here);
        let first = found.next();
        if found.next().is_some() { None } else { first }
    }

    /// Notes that something is being waited for, until
    /// [`no_longer_waiting`](Watch::no_longer_waiting).
    pub(crate) fn waiting_for(&self, what: &str) -> u64 {
        let mut state = self.state();
        let number = state.next_wait;
        state.next_wait += 1;
        state.waits.push((number, what.to_owned()));
        number
    }

    pub(crate) fn no_longer_waiting(&self, number: u64) {
        self.state().waits.retain(|(other, _)| *other != number);
    }

    /// Everything that is being waited for, as the end of a sentence.
    pub(crate) fn awaited(&self) -> String {
        let mut waits: Vec<_> = self.state().waits.iter().map(|(_, what)| what.clone()).collect();
        if asleep_in_msg_call(self.thread) {
            waits.push(
                "a message call: the test's thread is asleep in msgsnd or msgrcv, and nobody wakes it"
                    .to_owned(),
            );
        }
        if waits.is_empty() {
            waits.push("nothing that the harness knows of: has a loop no end?".to_owned());
        }
        waits.join("; and for: ")
    }

    pub(crate) fn add_program(&self, program: Weak<dyn Program>) {
        let mut state = self.state();
        state.programs.retain(|known| known.strong_count() > 0);
        state.programs.push(program);
    }

    pub(crate) fn kill_programs(&self) {
        let programs = self.state().programs.clone();
        for program in programs.iter().filter_map(Weak::upgrade) {
            program.kill();
        }
    }

    pub(crate) fn expire(&self, report: String) {
        self.state().expired = Some(report);
    }

    pub(crate) fn has_expired(&self) -> bool {
        self.state().expired.is_some()
    }

    /// Whether nothing that is found from now on counts.
    pub(crate) fn is_silent(&self) -> bool {
        self.silent && self.has_expired()
    }

    /// What was said at the deadline, if it has passed.
    pub(crate) fn take_report(&self) -> Option<String> {
        self.state().expired.take()
    }

    pub(crate) fn end(&self) {
        self.state().ended = true;
        self.change.notify_all();
    }

    /// Waits for the test to end, so long at most; returns whether it has.
    pub(crate) fn ends_within(&self, time: Duration) -> bool {
        let running = |state: &mut State| !state.ended;
        let waited = self.change.wait_timeout_while(self.state(), time, running);
        waited.expect("no panic under this lock").0.ended
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no panic under this lock")
    }
}
