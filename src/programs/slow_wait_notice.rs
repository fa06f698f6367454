//! Says so when a wait lasts, without a clock being read for each message.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// Told of each wait by the thread that waits; tells the user of one that lasts.
pub(super) struct SlowWaitNotice {
    shared: Arc<Shared>,
    tell: Arc<dyn Fn(&str) + Send + Sync>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    begun: Condvar,
}

#[derive(Default)]
struct State {
    /// What waits now.
    waiting: Option<String>,
    /// How many waits there have been.
    waits: u64,
    /// The other thread looks every second; it need not be woken.
    watched: bool,
}

const LONG: Duration = Duration::from_secs(1);

impl SlowWaitNotice {
    /// `tell` says what waits, on another thread, which is started at the first wait.
    pub(super) fn new(tell: impl Fn(&str) + Send + Sync + 'static) -> SlowWaitNotice {
        SlowWaitNotice { shared: Arc::default(), tell: Arc::new(tell) }
    }

    /// Runs `wait`, which may take long. `what` is told if it takes more than a second or two.
    pub(super) fn during<T>(&self, what: String, wait: impl FnOnce() -> T) -> T {
        let mut state = lock(&self.shared);
        state.waiting = Some(what);
        state.waits += 1;
        if !state.watched {
            state.watched = true;
            if state.waits == 1 {
                self.start_watching();
            }
            self.shared.begun.notify_one();
        }
        drop(state);
        let result = wait();
        lock(&self.shared).waiting = None;
        result
    }

    fn start_watching(&self) {
        let (shared, tell) = (Arc::clone(&self.shared), Arc::clone(&self.tell));
        // If the system has no thread to spare, waiting works all the same, and nobody tells of it.
        let _ = thread::Builder::new().spawn(move || watch(&shared, &*tell));
    }
}

/// A wait that is the same at two looks a second apart has lasted at least that second.
fn watch(shared: &Shared, tell: &dyn Fn(&str)) {
    let mut told = 0;
    let mut state = lock(shared);
    loop {
        if state.waiting.is_none() {
            state.watched = false;
            state = shared
                .begun
                .wait_while(state, |state| !state.watched)
                .unwrap_or_else(PoisonError::into_inner);
        }
        let seen = state.waits;
        drop(state);
        thread::sleep(LONG);
        state = lock(shared);
        if state.waits == seen && told != seen {
            if let Some(what) = state.waiting.clone() {
                told = seen;
                // Without the lock: if nobody reads the notice, the waiting must be able to end.
                drop(state);
                tell(&what);
                state = lock(shared);
            }
        }
    }
}

fn lock(shared: &Shared) -> MutexGuard<'_, State> {
    shared.state.lock().unwrap_or_else(PoisonError::into_inner)
}
