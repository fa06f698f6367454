//! The watchdog: no test hangs.
//!
//! A thread of its own waits for the end of the test or for its deadline, whichever comes first. At
//! the deadline it says which test it is and what that was waiting for, kills the programs that the
//! test started, and removes the test's queues: whoever sleeps in `msgsnd` or `msgrcv` is woken
//! with `EIDRM`. So the test ends, and fails. If even that does not end it, the process is aborted.

use crate::{Room, asleep_in_msg_call, isolation, this_thread};
use std::cell::RefCell;
use std::io::Write;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, Weak};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// What is left to a test to end by itself after the deadline.
const GRACE: Duration = Duration::from_secs(10);

/// One test's time: shared by the test, its watchdog and everything that waits.
pub(crate) struct Watch {
    test: String,
    thread: i32,
    namespace: u64,
    limit: Duration,
    deadline: Instant,
    state: Mutex<State>,
    ended: Condvar,
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
    /// The watch over this thread: its own, or that of the only test in its namespace.
    pub(crate) fn current() -> Option<Arc<Watch>> {
        if let Some(own) = CURRENT.with_borrow(Clone::clone) {
            return Some(own);
        }
        let here = isolation::current_namespace();
        let all = ALL.lock().expect("no panic under this lock");
        let mut found = all
            .iter()
            .filter_map(Weak::upgrade)
            .filter(|w| w.namespace == here);
        let first = found.next();
        if found.next().is_some() { None } else { first }
    }

    pub(crate) fn deadline(&self) -> Instant {
        self.deadline
    }

    pub(crate) fn has_expired(&self) -> bool {
        self.state().expired.is_some()
    }

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

    pub(crate) fn add_program(&self, program: Weak<dyn Program>) {
        let mut state = self.state();
        state.programs.retain(|known| known.strong_count() > 0);
        state.programs.push(program);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no panic under this lock")
    }

    fn report(&self, state: &State) -> String {
        let mut waits: Vec<_> = state.waits.iter().map(|(_, what)| what.as_str()).collect();
        if asleep_in_msg_call(self.thread) {
            waits.push("a message call (the test's own thread is asleep in msgsnd or msgrcv)");
        }
        if waits.is_empty() {
            waits.push("nothing the harness knows of");
        }
        format!(
            "test {} is not done after {:?}; it was waiting for: {}",
            self.test,
            self.limit,
            waits.join("; and for: ")
        )
    }

    // ANCHOR: watchdog
    /// The watchdog's whole life.
    fn guard(&self, room: &Room) {
        if self.ends_within(self.limit) {
            return;
        }
        let report = self.report(&self.state());
        self.state().expired = Some(report.clone());
        shout(&format!("{report}; stopping it"));

        // More than once: the test may start a program or make a queue even now.
        let last_moment = Instant::now() + GRACE;
        while Instant::now() < last_moment {
            self.kill_programs();
            room.clear();
            if self.ends_within(Duration::from_millis(100)) {
                return;
            }
        }
        shout(&format!(
            "test {} did not end {GRACE:?} later either: aborting",
            self.test
        ));
        std::process::abort();
    }
    // ANCHOR_END: watchdog

    fn ends_within(&self, time: Duration) -> bool {
        let state = self.state();
        let (state, _) = self
            .ended
            .wait_timeout_while(state, time, |state| !state.ended)
            .expect("no panic under this lock");
        state.ended
    }

    fn kill_programs(&self) {
        let programs = self.state().programs.clone();
        for program in programs.iter().filter_map(Weak::upgrade) {
            program.kill();
        }
    }
}

/// Writes past libtest's capture, which a process that aborts would never show.
pub(crate) fn shout(text: &str) {
    // Nobody is left to tell when stderr is closed.
    let _ = writeln!(std::io::stderr(), "support: {text}");
}

/// A watch that has begun and ends with [`Watching::end`].
pub(crate) struct Watching {
    watch: Arc<Watch>,
    before: Option<Arc<Watch>>,
    thread: JoinHandle<()>,
}

impl Watching {
    /// Starts the watchdog. It must be in the room's namespace, so the caller must be, too.
    pub(crate) fn begin(test: &str, limit: Duration, room: &Arc<Room>) -> Watching {
        let watch = Arc::new(Watch {
            test: test.to_owned(),
            thread: this_thread(),
            namespace: room.namespace(),
            limit,
            deadline: Instant::now() + limit,
            state: Mutex::default(),
            ended: Condvar::new(),
        });
        let mut all = ALL.lock().expect("no panic under this lock");
        all.retain(|known| known.strong_count() > 0);
        all.push(Arc::downgrade(&watch));
        drop(all);
        let before = CURRENT.replace(Some(Arc::clone(&watch)));
        let thread = {
            let (watch, room) = (Arc::clone(&watch), Arc::clone(room));
            let builder = thread::Builder::new().name(format!("watchdog of {test}"));
            builder
                .spawn(move || watch.guard(&room))
                .expect("cannot start the watchdog's thread")
        };
        Watching {
            watch,
            before,
            thread,
        }
    }

    /// Ends the watch; returns what was said if the deadline had passed.
    pub(crate) fn end(self) -> Option<String> {
        self.watch.state().ended = true;
        self.watch.ended.notify_all();
        CURRENT.set(self.before);
        self.thread.join().expect("the watchdog does not panic");
        self.watch.state().expired.take()
    }
}
