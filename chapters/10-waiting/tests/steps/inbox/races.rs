//! What can happen around the moment at which the bell is armed.

use std::ffi::c_long;
use std::os::fd::AsFd;
use std::sync::mpsc;

use ch02_create::{Mode, Queue};
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::Select;
use ch06_cleanup::{set_capacity, set_mode};
use ch10_waiting::{Inbox, alarm_signal};
use nix::errno::Errno;
use nix::sys::epoll::{Epoll, EpollCreateFlags, EpollEvent, EpollFlags, EpollTimeout};
use support::{asleep_in_msg_call, until};

use super::{armed, is_ringing, read, send, take_all, thread_of, wait_for_ring, wait_until_armed};
use crate::{NOBODY, OURS, new_queue, raw};

const EVERYBODYS: Mode = OURS.union(Mode::S_IROTH).union(Mode::S_IWOTH);

/// One message at a time, sent as soon as the one before was taken: each meets the arming.
#[test]
fn message_that_arrives_at_the_moment_of_arming_rings() {
    const ROUNDS: i16 = 20_000;
    support::alone(|room| {
        let queue = new_queue(room);
        let (token, tokens) = mpsc::channel();
        let sender = support::spawn(move || {
            for number in tokens {
                // 0 to 200 rounds of nothing: before, while and after the owner arms the bell.
                (0..number % 200).for_each(|_| std::hint::spin_loop());
                send(queue, number, if number % 2 == 0 { b"text" } else { b"" });
            }
        });
        let mut inbox = Inbox::new(queue, Select::Any).expect("a thread can be started");
        for number in 1..=ROUNDS {
            token.send(number).expect("it is waiting");
            loop {
                wait_for_ring(&inbox);
                let message = inbox.try_recv().expect("the queue is ours");
                if let Some(message) = message {
                    assert_eq!(read(message).0, c_long::from(number));
                    break;
                }
            }
        }
        drop(token);
        sender.join().expect("no panic");
        drop(inbox);
        room.remove(queue.id());
    });
}

/// As tokio uses epoll: told once per ring, and not again while it goes on.
#[test]
fn edge_triggered_epoll_misses_no_ring() {
    support::alone(|room| {
        let queue = new_queue(room);
        let sender = support::spawn(move || {
            let mut sender = Sender::new(queue);
            for number in 1..=10_000_i16 {
                (0..number % 500).for_each(|_| std::hint::spin_loop());
                let message_type = MessageType::new(number.into()).expect("numbers from 1");
                sender.send(message_type, b"").expect("the queue is there");
            }
        });
        let mut inbox = Inbox::new(queue, Select::Any).expect("a thread can be started");
        let epoll = Epoll::new(EpollCreateFlags::EPOLL_CLOEXEC).expect("there are descriptors");
        let event = EpollEvent::new(EpollFlags::EPOLLIN | EpollFlags::EPOLLET, 0);
        epoll.add(inbox.as_fd(), event).expect("an eventfd can be waited for");
        let mut next = 1;
        while next <= 10_000 {
            let timeout = EpollTimeout::from(20_000_u16);
            assert_eq!(epoll.wait(&mut [EpollEvent::empty()], timeout), Ok(1), "before {next}");
            for (number, _) in take_all(&mut inbox) {
                assert_eq!(number, next);
                next += 1;
            }
        }
        sender.join().expect("no panic");
        drop(inbox);
        room.remove(queue.id());
    });
}

#[test]
fn ipc_set_wakes_the_thread_and_rings_nothing() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut inbox = armed(queue, Select::Any);
        let sleeper = thread_of(&inbox).expect("it runs");
        for _ in 0..20 {
            let before = wakings(sleeper);
            set_capacity(queue, 1000).expect("the queue is ours");
            until("the thread to wake", || wakings(sleeper) > before);
            until("the thread to sleep again", || asleep_in_msg_call(sleeper));
            assert!(!is_ringing(&inbox));
        }
        send(queue, 1, b"a message");
        wait_for_ring(&inbox);
        assert_eq!(take_all(&mut inbox).len(), 1);
        drop(inbox);
        room.remove(queue.id());
    });
}

/// How often a thread of ours has gone to sleep.
fn wakings(thread: i32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/self/task/{thread}/status"));
    let status = status.expect("the thread is there");
    let number = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
    number.expect("it has this line").trim().parse().expect("a number")
}

#[test]
fn signal_that_means_nothing_rings_nothing() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut inbox = armed(queue, Select::Any);
        let sleeper = thread_of(&inbox).expect("it runs");
        for _ in 0..200 {
            raw::signal(sleeper, alarm_signal());
        }
        until("the thread to sleep again", || asleep_in_msg_call(sleeper));
        assert!(!is_ringing(&inbox));
        send(queue, 1, b"a message");
        wait_for_ring(&inbox);
        assert_eq!(take_all(&mut inbox).len(), 1);
        drop(inbox);
        room.remove(queue.id());
    });
}

#[test]
fn mode_that_forbids_reading_rings_with_eacces_until_it_allows_it_again() {
    support::alone(|room| {
        let queue = Queue::private(EVERYBODYS).expect("a queue can be made");
        room.watch(queue.id());
        let (modes, to_set) = mpsc::channel();
        let (set, was_set) = mpsc::channel();
        // The stranger may not change it: it is done on a thread that is still us.
        let owner = support::spawn(move || {
            for mode in to_set {
                set_mode(queue, mode).expect("the queue is ours");
                set.send(()).expect("somebody waits for it");
            }
        });
        let _skipped = support::as_stranger(NOBODY, move || {
            let change = |mode| {
                modes.send(mode).expect("the owner waits");
                was_set.recv().expect("the owner answers");
            };
            let mut inbox = armed(queue, Select::Any);
            change(OURS);
            wait_for_ring(&inbox);
            for _ in 0..3 {
                assert_eq!(inbox.try_recv().map(|_| ()), Err(Errno::EACCES));
                assert!(is_ringing(&inbox));
            }
            change(EVERYBODYS);
            assert_eq!(take_all(&mut inbox), []);
            wait_until_armed(&inbox);
            send(queue, 1, b"welcome back");
            wait_for_ring(&inbox);
            assert_eq!(take_all(&mut inbox), [(1, b"welcome back".to_vec())]);
        });
        owner.join().expect("no panic");
        room.remove(queue.id());
    });
}
