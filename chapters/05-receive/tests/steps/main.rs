//! Step 5: which message comes out, what is done when none does, and what wakes a sleeper.

mod choosing;
mod kernel;
mod output;
mod peeking;
mod program;
mod raw;
mod receiving;
mod sleeping;
mod too_long;

use ch02_create::{Mode, Queue};
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::Message;
use support::Room;

const OURS: Mode = Mode::S_IRUSR.union(Mode::S_IWUSR);
const NOBODY: u32 = 65534;

fn number(raw: libc::c_long) -> MessageType {
    MessageType::new(raw).expect("the tests use types of at least 1")
}

/// A queue in this room, of mode 600.
fn new_queue(room: &Room) -> Queue {
    let queue = Queue::private(OURS).expect("a queue can be made");
    room.watch(queue.id());
    queue
}

/// A queue with these messages, each of its type.
fn queue_with(room: &Room, messages: &[(libc::c_long, &str)]) -> Queue {
    let queue = new_queue(room);
    send(queue, messages);
    queue
}

fn send(queue: Queue, messages: &[(libc::c_long, &str)]) {
    let mut sender = Sender::new(queue);
    for (raw, text) in messages {
        sender.try_send(number(*raw), text.as_bytes()).expect("there is room");
    }
}

/// The type and the text, to be compared.
fn read(message: Message<'_>) -> (libc::c_long, String) {
    let text = String::from_utf8(message.bytes().to_vec()).expect("the tests send UTF-8");
    (message.message_type().raw(), text)
}
