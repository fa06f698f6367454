//! Servers to be tested, right ones and wrong ones, for an exercise that is to write the test.
//!
//! They run in nobody's thread: a server works while somebody looks at it. So each behaves the same
//! every time, and a test that sleeps and hopes is seen at once.

use std::cell::RefCell;
use std::fs;
use std::os::unix::fs::MetadataExt;

use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};
use ch05_receive::{Receiver, Select};
use ch06_cleanup::{Status, remove, set_capacity};

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

const RIGHT: u8 = 0;
const SLOW: u8 = 1;
const CHATTY: u8 = 2;
const OBLIGING: u8 = 3;
const MUTE: u8 = 4;
const HASTY: u8 = 5;
const UNTIDY: u8 = 6;
const OPEN_DOOR: u8 = 7;
const NEWEST_FIRST: u8 = 8;
const TWICE: u8 = 9;

struct State {
    queue: Queue,
    lines: Vec<String>,
    looks: usize,
    /// How many messages were waiting when it was asked to stop.
    stopping: Option<usize>,
    ended: bool,
}

/// How many looks a slow server needs for one step.
const PATIENCE: usize = 5;

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
            _ => Vec::new(),
        };
        Simulated(RefCell::new(State {
            queue,
            lines,
            looks: 0,
            stopping: None,
            ended: false,
        }))
    }

    fn ask_to_stop(&self) {
        let mut state = self.0.borrow_mut();
        let waiting = Status::of(state.queue).map_or(0, |status| status.messages);
        state.stopping.get_or_insert(waiting);
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

impl State {
    fn work(&mut self, manners: u8) {
        self.looks += 1;
        if self.ended || (manners == SLOW && self.looks % PATIENCE != 0) {
            return;
        }
        let most = match (manners, self.stopping) {
            (SLOW, _) => 1,
            (OPEN_DOOR, Some(waiting)) => waiting,
            _ => usize::MAX,
        };
        let mut lines = Vec::new();
        let mut receiver = Receiver::new(self.queue);
        while lines.len() < most {
            match receiver.try_recv(Select::Any) {
                Ok(Some(message)) => {
                    let text = String::from_utf8_lossy(message.text());
                    lines.push(format!("Server received: {text}"));
                }
                Ok(None) => break,
                Err(_) => return self.ended = true,
            }
        }
        let busy = !lines.is_empty();
        match manners {
            MUTE => {}
            NEWEST_FIRST => self.lines.extend(lines.into_iter().rev()),
            TWICE => self
                .lines
                .extend(lines.into_iter().flat_map(|line| [line.clone(), line])),
            _ => self.lines.extend(lines),
        }
        if self.stopping.is_some() && !(manners == SLOW && busy) {
            match manners {
                UNTIDY => self.ended = true,
                _ => self.end(),
            }
            if manners == CHATTY {
                self.lines.push("Server shutting down...".to_owned());
            }
        }
    }

    fn end(&mut self) {
        self.ended = true;
        // If somebody else has removed it, there is nothing to do.
        let _ = remove(self.queue);
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
