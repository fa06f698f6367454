//! Waiting with an end: what a timeout promises, and the traps on the way to it.

mod beside;
mod inbox;
mod policy;
mod program;
mod raw;
mod timeout;
mod traps;

use std::time::{Duration, Instant};

use ch02_create::{Mode, Queue};
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::{Message, Receiver, Select};
use ch06_cleanup::set_capacity;
use ch10_waiting::{RecvTimeout, SendTimeout};
use support::Room;

const OURS: Mode = Mode::S_IRUSR.union(Mode::S_IWUSR);
const NOBODY: u32 = 65534;
const ONE: MessageType = MessageType::ONE;
/// A few rings of an alarm.
const SHORT: Duration = Duration::from_millis(3);
/// Far longer than a test takes.
const LONG: Duration = Duration::from_secs(3600);

/// A queue in this room, of mode 600.
fn new_queue(room: &Room) -> Queue {
    let queue = Queue::private(OURS).expect("a queue can be made");
    room.watch(queue.id());
    queue
}

/// A queue that has room for nothing.
fn shut_queue(room: &Room) -> Queue {
    let queue = new_queue(room);
    set_capacity(queue, 0).expect("the queue is ours");
    queue
}

/// Receives whatever comes; the text of the message.
fn receive(queue: Queue, timeout: Duration) -> nix::Result<Option<String>> {
    Receiver::new(queue).recv_timeout(Select::Any, timeout).map(|message| message.map(text))
}

fn send(queue: Queue, timeout: Duration) -> nix::Result<()> {
    Sender::new(queue).send_timeout(ONE, b"hello", timeout)
}

fn text(message: Message<'_>) -> String {
    String::from_utf8(message.bytes().to_vec()).expect("the tests send UTF-8")
}

/// How long it took, and what it came to.
fn timed<T>(call: impl FnOnce() -> T) -> (Duration, T) {
    let begin = Instant::now();
    let answer = call();
    (begin.elapsed(), answer)
}
