//! When the descriptor is readable, and what comes out.

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::Select;
use ch10_waiting::Inbox;
use nix::errno::Errno;
use support::asleep_in_msg_call;

use super::{armed, is_ringing, read, send, take_all, thread_of, wait_for_ring};
use crate::{ONE, new_queue};

#[test]
fn descriptor_is_readable_from_a_message_until_none_is_left() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut inbox = armed(queue, Select::Any);
        assert!(!is_ringing(&inbox), "nothing has been sent");
        assert_eq!(inbox.try_recv().map(|none| none.is_none()), Ok(true));
        for text in [b"one", b"two"] {
            send(queue, 1, text);
        }
        for text in [b"one", b"two"] {
            wait_for_ring(&inbox);
            assert_eq!(
                inbox.try_recv().map(|message| message.map(read)),
                Ok(Some((1, text.to_vec())))
            );
        }
        assert!(is_ringing(&inbox), "that nothing is left has not been seen yet");
        assert_eq!(take_all(&mut inbox), []);
        assert!(!is_ringing(&inbox));
        drop(inbox);
        room.remove(queue.id());
    });
}

#[test]
fn message_of_earlier_is_there_without_a_wait() {
    support::alone(|room| {
        let queue = new_queue(room);
        send(queue, 7, b"early");
        let mut inbox = Inbox::new(queue, Select::Any).expect("a thread can be started");
        assert!(is_ringing(&inbox));
        assert_eq!(take_all(&mut inbox), [(7, b"early".to_vec())]);
        drop(inbox);
        room.remove(queue.id());
    });
}

#[test]
fn message_stays_queued_until_it_is_taken() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut inbox = armed(queue, Select::Any);
        for count in 1..=20 {
            send(queue, 1, b"not yet");
            wait_for_ring(&inbox);
            assert_eq!(room.queues()[0].qnum, count);
        }
        assert_eq!(take_all(&mut inbox).len(), 20);
        assert_eq!(room.queues()[0].qnum, 0);
        drop(inbox);
        room.remove(queue.id());
    });
}

#[test]
fn empty_message_is_handed_over_with_its_type() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut inbox = armed(queue, Select::Any);
        send(queue, 9, b"");
        wait_for_ring(&inbox);
        assert_eq!(room.queues()[0].qnum, 0, "this one the thread has to take");
        send(queue, 1, b"after it");
        send(queue, 8, b"");
        let expected = [(9, Vec::new()), (1, b"after it".to_vec()), (8, Vec::new())];
        assert_eq!(take_all(&mut inbox), expected);
        drop(inbox);
        room.remove(queue.id());
    });
}

#[test]
fn order_is_kept_with_empty_messages_among_them() {
    order_is_kept(wait_for_ring);
}

/// It would, if it looked into the queue while the thread holds an older message.
#[test]
fn owner_that_does_not_wait_for_the_ring_does_not_overtake_the_thread() {
    order_is_kept(|_| {});
}

fn order_is_kept(wait: impl Fn(&Inbox)) {
    const MESSAGES: i16 = 10_000;
    support::alone(|room| {
        let queue = new_queue(room);
        let mut inbox = Inbox::new(queue, Select::Any).expect("a thread can be started");
        let sender = support::spawn(move || {
            let mut sender = Sender::new(queue);
            for number in 1..=MESSAGES {
                // Two in three are empty. The number is the type, so that each can be told.
                let bytes: &[u8] = if number % 3 == 0 { b"text" } else { b"" };
                let message_type = MessageType::new(number.into()).expect("numbers from 1");
                sender.send(message_type, bytes).expect("the queue is there");
            }
        });
        let mut next = 1;
        while next <= MESSAGES.into() {
            wait(&inbox);
            for (number, bytes) in take_all(&mut inbox) {
                assert_eq!((number, bytes.is_empty()), (next, next % 3 != 0));
                next += 1;
            }
        }
        sender.join().expect("no panic");
        drop(inbox);
        room.remove(queue.id());
    });
}

#[test]
fn message_of_another_type_does_not_ring() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut inbox = armed(queue, Select::Exactly(ONE));
        let sleeper = thread_of(&inbox).expect("it runs");
        send(queue, 2, b"for somebody else");
        send(queue, 2, b"");
        assert!(asleep_in_msg_call(sleeper) && !is_ringing(&inbox));
        send(queue, 1, b"for the inbox");
        wait_for_ring(&inbox);
        assert_eq!(take_all(&mut inbox), [(1, b"for the inbox".to_vec())]);
        assert_eq!(room.queues()[0].qnum, 2);
        drop(inbox);
        room.remove(queue.id());
    });
}

/// A receiver asleep in msgrcv would have been given the 3.
#[test]
fn lowest_type_comes_first_though_another_rang() {
    support::alone(|room| {
        let queue = new_queue(room);
        let highest = MessageType::new(5).expect("5 is a type");
        let mut inbox = armed(queue, Select::UpTo(highest));
        send(queue, 3, b"rings");
        wait_for_ring(&inbox);
        send(queue, 1, b"urgent");
        assert_eq!(take_all(&mut inbox), [(1, b"urgent".to_vec()), (3, b"rings".to_vec())]);
        drop(inbox);
        room.remove(queue.id());
    });
}

#[test]
fn message_longer_than_todays_msgmax_arrives_whole() {
    support::in_namespace(|room| {
        room.set_limit("msgmnb", 200_000);
        let queue = new_queue(room);
        let mut inbox = armed(queue, Select::Any);
        room.set_limit("msgmax", 100_000);
        let long: Vec<u8> = (0..50_000_u32).map(|n| n.to_le_bytes()[0]).collect();
        send(queue, 1, &long);
        room.set_limit("msgmax", 8192);
        wait_for_ring(&inbox);
        assert!(take_all(&mut inbox) == [(1, long)]);
        drop(inbox);
        room.remove(queue.id());
    });
}

#[test]
fn removal_rings_and_is_reported_with_eidrm() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut inbox = armed(queue, Select::Any);
        room.remove(queue.id());
        wait_for_ring(&inbox);
        assert_eq!(inbox.try_recv().map(|_| ()), Err(Errno::EIDRM));
        assert_eq!(inbox.try_recv().map(|_| ()), Err(Errno::EINVAL), "as from any call later");
        assert!(is_ringing(&inbox), "an error is no reason to sleep");
        assert_eq!(inbox.stop(), Ok(None));
    });
}

#[test]
fn missing_queue_is_reported_with_einval() {
    let mut inbox =
        Inbox::new(Queue::from_id(i32::MAX), Select::Any).expect("nothing is asked yet");
    wait_for_ring(&inbox);
    assert_eq!(inbox.try_recv().map(|_| ()), Err(Errno::EINVAL));
}
