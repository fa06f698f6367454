//! Receiving takes no memory beyond what the receiver has from the start.
//!
//! In a test program of its own: there is one global allocator in each.

use ch02_create::{Mode, Queue};
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use support::{Counting, allocations};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[test]
fn receiving_allocates_nothing_for_messages_of_the_usual_size() {
    support::alone(|room| {
        let queue = Queue::private(Mode::S_IRUSR | Mode::S_IWUSR).expect("a queue can be made");
        room.watch(queue.id());
        let bytes = [b'x'; 8192];
        let mut sender = Sender::new(queue);
        sender.send(MessageType::ONE, &bytes).expect("there is room");

        let before = allocations();
        let mut receiver = Receiver::new(queue);
        let made = allocations();
        assert!(made > before, "the count counts");
        receiver.recv(Select::Any).expect("there is a message");
        for length in (0..=8192).step_by(64) {
            sender.send(MessageType::ONE, &bytes[..length]).expect("there is room");
            let peeked = receiver.peek(0).expect("the queue is ours");
            assert_eq!(peeked.map(|message| message.bytes().len()), Some(length));
            let received = receiver.try_recv(Select::Any).expect("the queue is ours");
            assert_eq!(received.map(|message| message.bytes().len()), Some(length));
            assert!(receiver.try_recv(Select::Any).expect("the queue is ours").is_none());
        }
        assert_eq!(allocations() - made, 0);
        room.remove(queue.id());
    });
}
