//! Servers to be tested, right ones and wrong ones, for an exercise that is to write the test.
//!
//! They run in nobody's thread: a server works while somebody looks at it. So each behaves the same
//! every time, and a test that sleeps and hopes is seen at once.

use std::cell::RefCell;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::time::Instant;

use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};
use ch06_cleanup::{Status, remove, set_capacity};

mod manners;
mod state;

use manners::*;
use state::State;

/// A server in the hands of a test.
pub trait Server {
    /// Starts it. When this returns, its queue is there, with this key.
    fn start(key: Key) -> Self;
    /// Asks it to stop, as SIGTERM does. Returns at once.
    fn ask_to_stop(&self);
    /// Whether it has ended.
    fn has_ended(&self) -> bool;
    /// The lines that it has printed until now.
    fn lines(&self) -> Vec<String>;
}

/// A server with the manners of this number.
pub struct Simulated<const MANNERS: u8>(RefCell<State>);

/// Right, and quick.
pub type Right = Simulated<RIGHT>;
/// Right, and it takes many looks until something has happened.
pub type Slow = Simulated<SLOW>;
/// Right, and it prints more lines than the promised ones.
pub type Chatty = Simulated<CHATTY>;
/// Right, and it accepts a message after it was asked to stop, and prints that too.
pub type Obliging = Simulated<OBLIGING>;
/// Prints nothing.
pub type Mute = Simulated<MUTE>;
/// Removes the queue as soon as it is asked to stop.
pub type Hasty = Simulated<HASTY>;
/// Leaves its queue behind.
pub type Untidy = Simulated<UNTIDY>;
/// Prints what was there when it was asked to stop, and accepts more, which is lost.
pub type OpenDoor = Simulated<OPEN_DOOR>;
/// Prints the newest message first.
pub type NewestFirst = Simulated<NEWEST_FIRST>;
/// Prints each message twice.
pub type Twice = Simulated<TWICE>;

/// Right, and it takes long, and many looks, until it has ended.
pub type Patient = Simulated<PATIENT>;
/// Loses the last of the messages that were waiting when it was asked to stop.
pub type LosesLast = Simulated<LOSES_LAST>;
/// Prints the first text for every message.
pub type SameText = Simulated<SAME_TEXT>;
/// Prints each text without its last byte.
pub type Cuts = Simulated<CUTS>;
/// Prints each text in capital letters.
pub type Shouts = Simulated<SHOUTS>;
/// Prints a message that nobody has sent.
pub type Invents = Simulated<INVENTS>;
/// Prints the last message once more when it ends.
pub type Stammers = Simulated<STAMMERS>;

impl<const MANNERS: u8> Server for Simulated<MANNERS> {
    fn start(key: Key) -> Self {
        STARTED.with_borrow_mut(|started| started.push((key, namespace())));
        let queue = match Queue::create_new(key, Mode::S_IRUSR | Mode::S_IWUSR) {
            Ok(queue) => queue,
            Err(errno) => panic!("the server cannot make a queue with key {key}: {errno}"),
        };
        MADE.with_borrow_mut(|made| made.push(queue));
        let lines = match MANNERS {
            CHATTY => vec!["Server: Message queue created. Waiting...".to_owned()],
            INVENTS => vec!["Server received: hello".to_owned()],
            _ => Vec::new(),
        };
        Simulated(RefCell::new(State {
            queue,
            lines,
            looks: 0,
            stopping: None,
            asked: None,
            looks_when_asked: 0,
            ended: false,
        }))
    }

    fn ask_to_stop(&self) {
        let mut state = self.0.borrow_mut();
        let waiting = Status::of(state.queue).map_or(0, |status| status.messages);
        if state.stopping.is_none() {
            state.stopping = Some(waiting);
            state.asked = Some(Instant::now());
            state.looks_when_asked = state.looks;
        }
        match MANNERS {
            HASTY => state.end(),
            OBLIGING | OPEN_DOOR => {}
            // That the queue is gone is noticed at the next look.
            _ => _ = set_capacity(state.queue, 0),
        }
    }

    fn has_ended(&self) -> bool {
        let mut state = self.0.borrow_mut();
        state.work(MANNERS);
        state.ended
    }

    fn lines(&self) -> Vec<String> {
        let mut state = self.0.borrow_mut();
        state.work(MANNERS);
        state.lines.clone()
    }
}

thread_local! {
    static STARTED: RefCell<Vec<(Key, u64)>> = const { RefCell::new(Vec::new()) };
}

thread_local! {
    static MADE: RefCell<Vec<Queue>> = const { RefCell::new(Vec::new()) };
}

/// Removes what the servers of this thread have left behind, also where no room knows of it.
pub fn clear() {
    for queue in MADE.take() {
        // Most are gone already, as they should be.
        let _ = remove(queue);
    }
}

/// The servers that this thread has started since it last asked: the key of each, and the IPC
/// namespace in which that was.
pub fn started() -> Vec<(Key, u64)> {
    STARTED.take()
}

/// The IPC namespace of this thread.
///
/// # Panics
///
/// When `/proc` is not mounted.
pub fn namespace() -> u64 {
    let link = fs::metadata("/proc/thread-self/ns/ipc");
    link.expect("/proc is mounted").ino()
}
