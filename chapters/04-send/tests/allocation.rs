//! Sending takes no memory once the longest message has been sent.
//!
//! In a test program of its own: there is one global allocator in each.

use ch02_create::{Mode, Queue};
use ch03_structure::MessageType;
use ch04_send::Sender;
use nix::errno::Errno;
use support::{Counting, allocations};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Discards the oldest message, without a buffer for its bytes.
fn discard(queue: Queue) {
    let mut message_type: libc::c_long = 0;
    let start = (&raw mut message_type).cast();
    let flags = libc::IPC_NOWAIT | libc::MSG_NOERROR;
    // SAFETY: the kernel writes a `c_long` and, for a size of 0, no byte behind it.
    let len = unsafe { libc::msgrcv(queue.id(), start, 0, 0, flags) };
    Errno::result(len).expect("there is a message");
}

#[test]
fn sending_allocates_for_the_longest_message_only() {
    support::alone(|room| {
        let queue = Queue::private(Mode::S_IRUSR | Mode::S_IWUSR).expect("a queue can be made");
        room.watch(queue.id());
        let bytes = [b'x'; 1000];
        let mut sender = Sender::new(queue);

        let before = allocations();
        sender.send(MessageType::ONE, &bytes).expect("there is room");
        discard(queue);
        let first = allocations();
        assert!(first > before, "the count counts");

        for length in 0..=1000 {
            sender.send(MessageType::ONE, &bytes[..length]).expect("there is room");
            discard(queue);
            sender.try_send(MessageType::ONE, &bytes[length..]).expect("there is room");
            discard(queue);
        }
        assert_eq!(allocations() - first, 0);
        room.remove(queue.id());
    });
}
