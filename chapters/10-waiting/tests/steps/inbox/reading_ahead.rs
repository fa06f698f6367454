//! The usual design, a thread and a channel: how far ahead it reads, and that it misses nothing.

use std::num::NonZero;
use std::os::fd::AsFd;
use std::sync::mpsc;

use ch02_create::Queue;
use ch10_waiting::ReadAhead;
use nix::errno::Errno;
use nix::poll::PollTimeout;
use support::until;

use super::{is_readable, send};
use crate::{ONE, new_queue};

#[test]
fn thread_that_reads_ahead_takes_one_message_more_than_the_channel_holds() {
    support::alone(|room| {
        for bound in [1, 5] {
            let queue = new_queue(room);
            (0..10).for_each(|_| send(queue, 1, b"hello"));
            let ahead = read_ahead(queue, bound);
            let queued = |count| room.queues()[0].qnum == count;
            until("the thread to take as many as it can", || queued(10 - bound as u64 - 1));
            assert!(is_readable(ahead.as_fd(), PollTimeout::ZERO), "nobody has asked for any");
            room.remove(queue.id());
        }
    });
}

fn read_ahead(queue: Queue, bound: usize) -> ReadAhead {
    let bound = NonZero::new(bound).expect("not 0");
    ReadAhead::new(queue, bound).expect("a thread can be started")
}

#[test]
fn each_message_is_read_ahead_in_order_and_the_end_is_reported() {
    for bound in [1, 64] {
        support::alone(|room| {
            let queue = new_queue(room);
            let mut ahead = read_ahead(queue, bound);
            let sender = support::spawn(move || {
                let mut sender = ch04_send::Sender::new(queue);
                for number in 0..5_000_u32 {
                    sender.send(ONE, &number.to_ne_bytes()).expect("the queue is there");
                }
            });
            for number in 0..5_000_u32 {
                let message = loop {
                    match ahead.try_recv().expect("the queue is ours") {
                        Some(message) => break message,
                        None => assert!(is_readable(ahead.as_fd(), PollTimeout::from(20_000_u16))),
                    }
                };
                assert_eq!(message, (ONE, number.to_ne_bytes().to_vec()));
            }
            sender.join().expect("no panic");
            room.remove(queue.id());
            // The ring of the last message can come late, when it has been taken already.
            let mut end = Ok(None);
            until("the end", || {
                end = ahead.try_recv();
                end != Ok(None)
            });
            // Asleep in the call or not yet.
            assert!(matches!(end, Err(Errno::EIDRM | Errno::EINVAL)), "{end:?}");
            assert_eq!(ahead.try_recv(), Err(Errno::EPIPE));
        });
    }
}

/// Each message is sent as soon as the one before was taken: it meets the silencing of the bell.
#[test]
fn message_that_arrives_at_the_moment_of_silencing_rings() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut ahead = read_ahead(queue, 1);
        let (token, tokens) = mpsc::channel();
        let sender = support::spawn(move || {
            for number in tokens {
                (0..number % 200).for_each(|_| std::hint::spin_loop());
                send(queue, number, b"hello");
            }
        });
        for number in 1..=20_000_i16 {
            token.send(number).expect("it is waiting");
            while ahead.try_recv().expect("the queue is ours").is_none() {
                assert!(is_readable(ahead.as_fd(), PollTimeout::from(20_000_u16)), "{number}");
            }
        }
        drop(token);
        sender.join().expect("no panic");
        room.remove(queue.id());
    });
}
