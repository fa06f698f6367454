//! Request and reply: what callers and servers promise, and what is left of the dead.

mod calls;
mod deadlines;
mod deadlock;
mod killed;
mod mid_call;
mod program;
mod raw;
mod refused;
mod repeats;
mod signs;
mod strangers;
mod sweeps;

use std::fs;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};
use ch06_cleanup::remove;
use ch11_request_reply::{Caller, Responder, Served};
use nix::errno::Errno;
use support::Room;

const NOBODY: u32 = 65534;
const OURS: Mode = Mode::S_IRUSR.union(Mode::S_IWUSR);
/// Far longer than a test takes.
const LONG: Duration = Duration::from_secs(3600);
/// What nobody waits for longer than it takes.
const SHORT: Duration = Duration::from_millis(50);

/// A queue in this room, of mode 600.
fn new_queue(room: &Room) -> Queue {
    let queue = Queue::private(OURS).expect("a queue can be made");
    room.watch(queue.id());
    queue
}

/// A caller in this room.
fn new_caller(room: &Room, server: Queue) -> Caller {
    let caller = Caller::new(server).expect("a caller can be made");
    room.watch(caller.reply_queue().id());
    caller
}

/// A server on a thread of its own, which answers in capitals until its queue is removed.
struct Server {
    key: Key,
    queue: Queue,
    thread: JoinHandle<Vec<Served>>,
}

impl Server {
    fn start(room: &Room) -> Server {
        let key = Key::new(room.key()).expect("not 0");
        let queue = Queue::create_new(key, OURS).expect("the key is unused");
        let thread = support::spawn(move || {
            let mut responder = Responder::new(queue);
            let mut all = Vec::new();
            loop {
                match responder.serve_one(<[u8]>::to_ascii_uppercase) {
                    Ok(served) => all.push(served),
                    Err(Errno::EIDRM | Errno::EINVAL) => return all,
                    Err(errno) => panic!("{errno}"),
                }
            }
        });
        Server { key, queue, thread }
    }

    /// Removes the queue; what became of the messages.
    fn stop(self) -> Vec<Served> {
        remove(self.queue).expect("the queue is ours");
        self.thread.join().expect("no panic")
    }
}

/// The sets of semaphores in this room, which has to be a namespace: mode and ID of each.
fn sets(room: &Room) -> Vec<(u32, i32)> {
    assert!(room.is_namespace());
    let list = fs::read_to_string("/proc/sysvipc/sem").expect("Linux has this list");
    let columns = list.lines().skip(1).map(|line| line.split_ascii_whitespace());
    columns
        .map(|mut columns| {
            let id = columns.nth(1).and_then(|id| id.parse().ok());
            let mode = columns.next().and_then(|mode| u32::from_str_radix(mode, 8).ok());
            (mode.expect("a mode"), id.expect("an ID"))
        })
        .collect()
}

/// Does this in so many threads, counted to the room; what each came to.
fn in_threads<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = (0..count).map(|index| scope.spawn(move || work(index))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    })
}
