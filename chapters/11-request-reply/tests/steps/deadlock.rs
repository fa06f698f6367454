//! One queue for both directions.

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::set_capacity;
use nix::errno::Errno;
use support::while_asleep;

use crate::new_queue;

const REQUEST: MessageType = MessageType::ONE;
const REPLY: MessageType = MessageType::new(2).unwrap();

fn send(queue: Queue, message_type: MessageType, text: &str) -> nix::Result<()> {
    Sender::new(queue).send(message_type, text.as_bytes())
}

fn recv(queue: Queue, message_type: MessageType) -> nix::Result<String> {
    let mut receiver = Receiver::new(queue);
    let message = receiver.recv(Select::Exactly(message_type))?;
    Ok(String::from_utf8(message.bytes().to_vec()).expect("the tests send UTF-8"))
}

#[test]
fn one_queue_for_both_directions_deadlocks() {
    support::alone(|room| {
        let queue = new_queue(room);
        set_capacity(queue, 9).expect("the queue is ours");
        send(queue, REQUEST, "from A").expect("there is room");
        let a = || {
            while_asleep(
                || recv(queue, REPLY),
                |_| {
                    // B's request takes the last of the room before the server looks at A's.
                    let server = || {
                        assert_eq!(recv(queue, REQUEST).as_deref(), Ok("from A"));
                        send(queue, REQUEST, "from B").expect("there is room");
                        send(queue, REPLY, "to A")
                    };
                    let all_asleep = |_| room.remove(queue.id());
                    assert_eq!(while_asleep(server, all_asleep), Err(Errno::EIDRM));
                },
            )
        };
        assert_eq!(a(), Err(Errno::EIDRM));
    });
}

#[test]
fn reply_to_a_sleeping_caller_needs_room_in_the_queue_all_the_same() {
    support::alone(|room| {
        let queue = new_queue(room);
        set_capacity(queue, 1).expect("the queue is ours");
        send(queue, REQUEST, "").expect("there is room");
        let reply = while_asleep(
            || recv(queue, REPLY),
            |_| {
                assert_eq!(Sender::new(queue).try_send(REPLY, b""), Err(Errno::EAGAIN));
                assert_eq!(recv(queue, REQUEST).as_deref(), Ok(""));
                assert_eq!(Sender::new(queue).try_send(REPLY, b""), Ok(()));
            },
        );
        assert_eq!(reply.as_deref(), Ok(""));
        room.remove(queue.id());
    });
}
