//! How an inbox ends, and what becomes of what it holds.

use std::process::Command;
use std::time::Instant;

use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::Select;
use ch06_cleanup::set_capacity;
use ch10_waiting::{Inbox, alarm_signal};
use nix::errno::Errno;
use nix::sys::wait::{WaitStatus, waitpid};
use nix::unistd::{ForkResult, fork};
use support::Running;

use super::{armed, is_ringing, read, send, take_all, thread_of, wait_for_ring};
use crate::{LONG, new_queue, raw};

#[test]
fn stop_returns_the_empty_message_that_the_thread_has_taken() {
    support::alone(|room| {
        let queue = new_queue(room);
        let inbox = armed(queue, Select::Any);
        send(queue, 9, b"");
        wait_for_ring(&inbox);
        // Its room has been taken: it could not be put back.
        send(queue, 1, b"another");
        set_capacity(queue, 0).expect("the queue is ours");
        assert_eq!(inbox.stop(), Ok(MessageType::new(9)));
        assert_eq!(room.queues()[0].qnum, 1);
        room.remove(queue.id());
    });
}

#[test]
fn stop_leaves_what_waits_where_it_is() {
    support::alone(|room| {
        let queue = new_queue(room);
        let inbox = armed(queue, Select::Any);
        send(queue, 1, b"one");
        wait_for_ring(&inbox);
        send(queue, 1, b"");
        assert_eq!(inbox.stop(), Ok(None));
        assert_eq!(room.queues()[0].qnum, 2);
        room.remove(queue.id());
    });
}

#[test]
fn stop_returns_while_the_thread_sleeps_and_while_it_waits_for_its_turn() {
    support::alone(|room| {
        let queue = new_queue(room);
        assert_eq!(armed(queue, Select::Any).stop(), Ok(None));
        let inbox = Inbox::new(queue, Select::Any).expect("a thread can be started");
        assert_eq!(inbox.stop(), Ok(None));
        room.remove(queue.id());
    });
}

/// Whatever the thread is about to do: take its turn, look whether to go on, or fall asleep.
#[test]
fn stop_at_any_moment_after_arming_returns() {
    support::alone(|room| {
        let queue = new_queue(room);
        for round in 0..1_000 {
            let mut inbox = Inbox::new(queue, Select::Any).expect("a thread can be started");
            assert_eq!(take_all(&mut inbox), [], "which arms it");
            (0..round * 7).for_each(|_| std::hint::spin_loop());
            assert_eq!(inbox.stop(), Ok(None));
        }
        room.remove(queue.id());
    });
}

#[test]
fn signals_of_the_program_are_not_for_the_thread() {
    support::alone(|room| {
        let queue = new_queue(room);
        let inbox = armed(queue, Select::Any);
        let thread = thread_of(&inbox).expect("it runs");
        let status = std::fs::read_to_string(format!("/proc/self/task/{thread}/status"));
        let status = status.expect("the thread is there");
        let mask = status.lines().find_map(|line| line.strip_prefix("SigBlk:")).expect("a mask");
        let mask = u64::from_str_radix(mask.trim(), 16).expect("hexadecimal");
        let blocked = |signal: i32| mask >> (signal - 1) & 1 == 1;
        assert!(
            [libc::SIGTERM, libc::SIGINT, libc::SIGUSR1, libc::SIGALRM].map(blocked) == [true; 4]
        );
        assert!(!blocked(alarm_signal()));
        assert!(!raw::is_blocked(libc::SIGTERM), "and the thread that made it has its mask again");
        drop(inbox);
        room.remove(queue.id());
    });
}

#[test]
fn dropped_inbox_takes_nothing_any_more() {
    support::alone(|room| {
        let queue = new_queue(room);
        let inbox = armed(queue, Select::Any);
        assert!(thread_of(&inbox).is_some());
        drop(inbox);
        send(queue, 1, b"");
        assert_eq!(room.queues()[0].qnum, 1);
        room.remove(queue.id());
    });
}

/// An inbox that is stopped at any moment, and another in its place: as if it had been one.
#[test]
fn no_message_is_lost_or_overtaken_by_a_thousand_stops() {
    const MESSAGES: i16 = 20_000;
    support::alone(|room| {
        let queue = new_queue(room);
        let sender = support::spawn(move || {
            let mut sender = Sender::new(queue);
            for number in 1..=MESSAGES {
                let message_type = MessageType::new(number.into()).expect("numbers from 1");
                let bytes: &[u8] = if number % 4 == 0 { b"text" } else { b"" };
                sender.send(message_type, bytes).expect("the queue is there");
            }
        });
        let (mut received, mut stops, mut from_stop) = (Vec::new(), 0, 0);
        while received.len() < MESSAGES as usize {
            let mut inbox = Inbox::new(queue, Select::Any).expect("a thread can be started");
            // Each stops at another place: after 0 to 40 messages, with and without a look.
            for _ in 0..stops % 41 {
                if let Some(message) = inbox.try_recv().expect("the queue is ours") {
                    received.push(read(message).0);
                }
            }
            let in_hand = inbox.stop().expect("the signal is ours");
            from_stop += usize::from(in_hand.is_some());
            received.extend(in_hand.map(MessageType::raw));
            stops += 1;
        }
        sender.join().expect("no panic");
        assert!(received.iter().copied().eq(1..=MESSAGES.into()), "{received:?}");
        assert!(stops >= 500, "{stops} stops, {from_stop} with a message in hand");
        room.remove(queue.id());
    });
}

#[test]
fn forked_child_is_refused_with_echild_and_disturbs_nobody() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut inbox = armed(queue, Select::Any);
        // SAFETY: the child makes system calls and frees what it has, which the C library allows
        // after fork; it ends without a word.
        match unsafe { fork() }.expect("a process can be started") {
            ForkResult::Child => {
                let refused = inbox.try_recv().map(|_| ()) == Err(Errno::ECHILD)
                    && inbox.stop() == Err(Errno::ECHILD);
                // SAFETY: ends the process, and does nothing on the way.
                unsafe { libc::_exit(if refused { 0 } else { 1 }) }
            }
            ForkResult::Parent { child } => {
                assert_eq!(waitpid(child, None), Ok(WaitStatus::Exited(child, 0)));
            }
        }
        assert!(!is_ringing(&inbox));
        send(queue, 1, b"for the parent");
        wait_for_ring(&inbox);
        assert_eq!(take_all(&mut inbox), [(1, b"for the parent".to_vec())]);
        drop(inbox);
        room.remove(queue.id());
    });
}

/// Run by the next test in a process of its own: signals belong to the whole process.
#[test]
fn probe_with_a_handler_of_its_own() {
    if std::env::var_os("PROBE_HANDLES").is_none() {
        return;
    }
    support::alone(|room| {
        let queue = new_queue(room);
        let (ended, dropped) = (armed(queue, Select::Any), armed(new_queue(room), Select::Any));
        raw::handle(alarm_signal());
        let begin = Instant::now();
        assert_eq!(Inbox::new(queue, Select::Any).map(|_| ()), Err(Errno::EBUSY));
        assert_eq!(ended.stop(), Err(Errno::EBUSY));
        drop(dropped);
        assert!(begin.elapsed() < LONG / 1000);
        println!("refused and not hung");
        room.queues().iter().for_each(|queue| room.remove(queue.msqid));
    });
}

#[test]
fn foreign_handler_is_refused_with_ebusy_and_nothing_hangs() {
    let mut probe = Command::new(std::env::current_exe().expect("this program has a path"));
    probe.args(["--exact", "inbox::stopping::probe_with_a_handler_of_its_own", "--nocapture"]);
    probe.env("PROBE_HANDLES", "1");
    Running::start(probe).finish().success().stdout_has("refused and not hung");
}
