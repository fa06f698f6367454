//! Closing while others send as fast as they can: what was accepted is received.

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use ch02_create::Queue;
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::OwnedQueue;
use nix::errno::Errno;

use crate::{ONE, OURS, new_queue};

/// Sends until the queue is closed; returns how many messages were accepted.
fn flood(queue: Queue, wait: bool) -> u64 {
    let (mut sender, mut accepted) = (Sender::new(queue), 0);
    loop {
        let sent = match wait {
            true => sender.send(ONE, b"flood"),
            false => sender.try_send(ONE, b"flood"),
        };
        match sent {
            Ok(()) => accepted += 1,
            Err(Errno::EAGAIN) => thread::yield_now(),
            Err(Errno::EIDRM | Errno::EINVAL) => return accepted,
            Err(errno) => panic!("unexpected: {errno}"),
        }
    }
}

#[test]
fn closing_under_a_flood_loses_nothing() {
    support::alone(|room| {
        for _ in 0..50 {
            let queue = new_queue(room, OURS);
            let owned = OwnedQueue::new(queue);
            let mut receiver = Receiver::new(queue);
            thread::scope(|scope| {
                let senders =
                    [true, true, false, false].map(|wait| scope.spawn(move || flood(queue, wait)));
                let mut received: u64 = 0;
                for _ in 0..100 {
                    receiver.recv(Select::Any).expect("they are sending");
                    received += 1;
                }
                owned.close(|_| received += 1).expect("the queue is ours");
                let accepted = senders.map(|sender| sender.join().expect("no panic"));
                assert_eq!(received, accepted.iter().sum::<u64>());
            });
        }
    });
}

#[test]
fn close_once_empty_under_a_flood_loses_nothing() {
    support::alone(|room| {
        for _ in 0..50 {
            let queue = new_queue(room, OURS);
            let received = AtomicU64::new(0);
            thread::scope(|scope| {
                let senders =
                    [true, true, false].map(|wait| scope.spawn(move || flood(queue, wait)));
                scope.spawn(|| {
                    let mut receiver = Receiver::new(queue);
                    while receiver.recv(Select::Any).is_ok() {
                        received.fetch_add(1, Ordering::SeqCst);
                    }
                });
                support::until("a hundred messages", || received.load(Ordering::SeqCst) > 100);
                OwnedQueue::new(queue).close_once_empty().expect("the queue is ours");
                let accepted = senders.map(|sender| sender.join().expect("no panic"));
                let accepted = accepted.iter().sum::<u64>();
                support::until("the receiver to have counted the last message", || {
                    received.load(Ordering::SeqCst) >= accepted
                });
                assert_eq!(received.load(Ordering::SeqCst), accepted);
            });
        }
    });
}
