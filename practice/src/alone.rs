//! A test alone, and bounded: when its time is up it says what it was waiting for, and nothing else is said.
//!
//! A thread looks at the time. At the end of it the room's queues are removed, and whoever sleeps on one of them wakes
//! up. What the test would then find, it would take for a mistake of the reader's: so from that moment on no assertion
//! speaks, nor any other panic.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, Weak};
use std::thread;
use std::time::Duration;

use support::{Room, asleep_in_msg_call, this_thread};

use crate::message::try_remove;
use crate::quiet;
use crate::servers::namespace;

/// How much later the harness's own watchdog is, for a test that does not end even so.
const LATER: Duration = Duration::from_secs(2);

/// Runs the body of a test alone: see [`support::alone_within`].
///
/// It may take 10 seconds, or as many as `PRACTICE_SECONDS` says. When they are over, the test
/// fails and says what it was waiting for.
///
/// # Panics
///
/// When the body does, when it is not done in time, and when it leaves a queue behind.
#[track_caller]
pub fn alone<F: FnOnce(&Room)>(body: F) {
    quiet::prepare();
    let mut report = None;
    support::alone_within(limit() + LATER, |room| report = bounded(room, body));
    if let Some(report) = report {
        panic!("{report}");
    }
}

fn limit() -> Duration {
    let asked = std::env::var("PRACTICE_SECONDS").ok();
    Duration::from_secs(asked.and_then(|text| text.parse().ok()).unwrap_or(10))
}

/// Waits until `condition` holds: see [`support::until`]. What holds only when the time is up has not come about.
///
/// # Panics
///
/// When the test's time is up.
#[track_caller]
pub fn until(what: &str, mut condition: impl FnMut() -> bool) {
    let Some(time) = CURRENT.with_borrow(Clone::clone) else {
        return support::until(what, condition);
    };
    time.state().awaited = Some(what.to_owned());
    support::until(what, || {
        let holds = condition();
        assert!(!time.is_over(), "the time is up");
        holds
    });
    time.state().awaited = None;
}

/// Whether the time of the test is up to which this thread belongs: then nothing that it says is true.
pub(crate) fn is_over() -> bool {
    if let Some(own) = CURRENT.with_borrow(Clone::clone) {
        return own.is_over();
    }
    let here = Some(namespace());
    let all = ALL.lock().expect("no panic under this lock");
    let mut times = all.iter().filter_map(Weak::upgrade);
    times.any(|time| time.namespace == here && time.is_over())
}

thread_local! {
    static CURRENT: RefCell<Option<Arc<Time>>> = const { RefCell::new(None) };
}

/// The times of all tests, for threads that a test has started.
static ALL: Mutex<Vec<Weak<Time>>> = Mutex::new(Vec::new());

/// The time of one test.
struct Time {
    limit: Duration,
    thread: i32,
    /// That of the test, if it has one; without one nobody can tell to which test a thread belongs.
    namespace: Option<u64>,
    state: Mutex<State>,
    change: Condvar,
}

#[derive(Default)]
struct State {
    awaited: Option<String>,
    report: Option<String>,
    ended: bool,
}

/// Runs the body; returns what there is to say if its time was up before it ended.
fn bounded(room: &Room, body: impl FnOnce(&Room)) -> Option<String> {
    let time = Arc::new(Time {
        limit: limit(),
        thread: this_thread(),
        namespace: room.is_namespace().then(namespace),
        state: Mutex::default(),
        change: Condvar::new(),
    });
    {
        let mut all = ALL.lock().expect("no panic under this lock");
        all.retain(|known| known.strong_count() > 0);
        all.push(Arc::downgrade(&time));
    }
    let result = thread::scope(|scope| {
        scope.spawn(|| time.guard(room));
        let before = CURRENT.replace(Some(Arc::clone(&time)));
        let result = catch_unwind(AssertUnwindSafe(|| body(room)));
        CURRENT.set(before);
        time.state().ended = true;
        time.change.notify_all();
        result
    });
    let report = time.state().report.take();
    match (report, result) {
        (None, Err(panic)) => resume_unwind(panic),
        (report, _) => {
            if report.is_some() {
                clear(room);
            }
            report
        }
    }
}

impl Time {
    /// Ends the test if it does not do so itself.
    fn guard(&self, room: &Room) {
        if self.ends_within(self.limit) {
            return;
        }
        let report = self.report();
        self.state().report = Some(report);
        // More than once: another queue may be made even now.
        loop {
            clear(room);
            if self.ends_within(Duration::from_millis(100)) {
                return;
            }
        }
    }

    fn report(&self) -> String {
        let awaited = self.state().awaited.clone();
        let awaited = awaited.unwrap_or_else(|| {
            let words = if asleep_in_msg_call(self.thread) {
                "a message call that your code has made: it is asleep in msgsnd or msgrcv, and nobody wakes it"
            } else {
                "nothing that it knows of: has a loop no end?"
            };
            words.to_owned()
        });
        format!(
            "the test is not done after {:?}; it was waiting for: {awaited}",
            self.limit
        )
    }

    fn is_over(&self) -> bool {
        self.state().report.is_some()
    }

    /// Waits for the end of the test, so long at most; returns whether it has ended.
    fn ends_within(&self, limit: Duration) -> bool {
        let running = |state: &mut State| !state.ended;
        let waited = self.change.wait_timeout_while(self.state(), limit, running);
        waited.expect("no panic under this lock").0.ended
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no panic under this lock")
    }
}

fn clear(room: &Room) {
    for queue in room.queues() {
        // Gone already is as good.
        let _ = try_remove(queue.msqid);
    }
}
