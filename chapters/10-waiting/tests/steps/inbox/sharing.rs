//! An inbox and others who receive from the same queue.

use std::ffi::c_long;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::remove;
use ch10_waiting::Inbox;
use nix::errno::Errno;
use support::until;

use super::{armed, is_ringing, read, send, take_all, wait_for_ring, wait_until_armed};
use crate::new_queue;

#[test]
fn message_that_another_took_after_the_ring_is_none_and_the_next_one_rings() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut inbox = armed(queue, Select::Any);
        for _ in 0..3 {
            send(queue, 1, b"wanted by two");
            wait_for_ring(&inbox);
            let taken = Receiver::new(queue).try_recv(Select::Any).map(|message| message.is_some());
            assert_eq!(taken, Ok(true), "the other was faster");
            assert_eq!(take_all(&mut inbox), []);
            wait_until_armed(&inbox);
            assert!(!is_ringing(&inbox));
        }
        send(queue, 1, b"ours");
        wait_for_ring(&inbox);
        assert_eq!(take_all(&mut inbox), [(1, b"ours".to_vec())]);
        drop(inbox);
        room.remove(queue.id());
    });
}

/// The kernel offers it to the sleepers one after the other, and the inbox does not want to have it.
#[test]
fn message_goes_to_a_receiver_that_sleeps_after_the_inbox() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut inbox = armed(queue, Select::Any);
        let received = support::while_asleep(
            || Receiver::new(queue).recv(Select::Any).map(read),
            |_| send(queue, 1, b"for whoever takes it"),
        );
        assert_eq!(received, Ok((1, b"for whoever takes it".to_vec())));
        wait_for_ring(&inbox);
        assert_eq!(take_all(&mut inbox), [], "a ring for nothing");
        drop(inbox);
        room.remove(queue.id());
    });
}

#[test]
fn message_rings_at_each_inbox_and_one_finds_it() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut inboxes = [(); 3].map(|()| Inbox::new(queue, Select::Any).expect("a thread"));
        for inbox in &mut inboxes {
            assert_eq!(take_all(inbox), []);
        }
        send(queue, 1, b"for one of three");
        inboxes.iter().for_each(wait_for_ring);
        let taken = inboxes.each_mut().map(take_all);
        assert_eq!(taken.concat(), [(1, b"for one of three".to_vec())]);
        drop(inboxes);
        room.remove(queue.id());
    });
}

#[test]
fn each_message_is_received_once_by_inboxes_and_receivers_that_share_a_queue() {
    const MESSAGES: i16 = 20_000;
    support::alone(|room| {
        let queue = new_queue(room);
        let count = AtomicUsize::new(0);
        let received = thread::scope(|scope| {
            let inboxes = [(); 3].map(|()| scope.spawn(|| take_until_removed(queue, &count)));
            let receivers = [(); 2].map(|()| scope.spawn(|| receive_until_removed(queue, &count)));
            let mut sender = Sender::new(queue);
            for number in 1..=MESSAGES {
                let message_type = MessageType::new(number.into()).expect("numbers from 1");
                let bytes: &[u8] = if number % 2 == 0 { b"text" } else { b"" };
                sender.send(message_type, bytes).expect("the queue is there");
            }
            until("all messages to be received", || count.load(Ordering::SeqCst) >= 20_000);
            remove(queue).expect("the queue is ours");
            let all = inboxes.into_iter().chain(receivers);
            all.flat_map(|thread| thread.join().expect("no panic")).collect::<Vec<c_long>>()
        });
        let mut received = received;
        received.sort_unstable();
        assert!(received.iter().copied().eq(1..=c_long::from(MESSAGES)), "{}", received.len());
    });
}

fn take_until_removed(queue: Queue, count: &AtomicUsize) -> Vec<c_long> {
    let mut inbox = Inbox::new(queue, Select::Any).expect("a thread can be started");
    let mut taken = Vec::new();
    loop {
        wait_for_ring(&inbox);
        loop {
            match inbox.try_recv() {
                Ok(Some(message)) => taken.push(read(message).0),
                Ok(None) => break,
                Err(Errno::EIDRM | Errno::EINVAL) => return taken,
                Err(errno) => panic!("{errno}"),
            }
            count.fetch_add(1, Ordering::SeqCst);
        }
    }
}

fn receive_until_removed(queue: Queue, count: &AtomicUsize) -> Vec<c_long> {
    let mut receiver = Receiver::new(queue);
    let mut taken = Vec::new();
    loop {
        match receiver.recv(Select::Any) {
            Ok(message) => taken.push(read(message).0),
            Err(Errno::EIDRM | Errno::EINVAL) => return taken,
            Err(errno) => panic!("{errno}"),
        }
        count.fetch_add(1, Ordering::SeqCst);
    }
}
