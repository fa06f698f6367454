//! The traps on the way to a timeout, each as it snaps, and as it does not.

use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::set_capacity;
use ch10_waiting::{Alarm, RecvTimeout, alarm_signal};
use nix::errno::Errno;
use nix::sys::signal::{SigSet, SigmaskHow, Signal};
use support::{Running, asleep_in_msg_call, until, while_asleep};

use crate::{LONG, SHORT, new_queue, raw, receive, send, shut_queue, text};

#[test]
fn signal_that_comes_before_the_sleep_wakes_nobody() {
    support::alone(|room| {
        raw::handle_sigusr1();
        let queue = new_queue(room);
        let received = while_asleep(
            || {
                raw::signal(support::this_thread(), libc::SIGUSR1);
                Receiver::new(queue).recv(Select::Any).map(text)
            },
            |_| send(queue, SHORT).expect("there is room"),
        );
        assert_eq!(received, Ok("hello".to_owned()), "and not EINTR");
        room.remove(queue.id());
    });
}

#[test]
fn alarm_that_rang_before_the_sleep_rings_again() {
    support::alone(|room| {
        let queue = new_queue(room);
        let deadline = Instant::now();
        let alarm = Alarm::at(deadline).expect("the signal is free");
        while deadline.elapsed() < SHORT {}
        let received = Receiver::new(queue).recv(Select::Any).map(text);
        drop(alarm);
        assert_eq!(received, Err(Errno::EINTR));
        room.remove(queue.id());
    });
}

#[test]
fn deadline_that_has_just_passed_rings_all_the_same() {
    support::alone(|room| {
        let queue = new_queue(room);
        for ago in [0, 1, 1_000_000] {
            let deadline = Instant::now() - Duration::from_nanos(ago);
            let alarm = Alarm::at(deadline).expect("the signal is free");
            let received = Receiver::new(queue).recv(Select::Any).map(text);
            drop(alarm);
            assert_eq!(received, Err(Errno::EINTR), "{ago} ns ago");
        }
        room.remove(queue.id());
    });
}

#[test]
fn thread_with_all_signals_blocked_wakes_and_keeps_its_mask() {
    support::alone(|room| {
        let queue = shut_queue(room);
        let before = SigSet::all().thread_swap_mask(SigmaskHow::SIG_SETMASK).expect("a mask");
        // From SIGRTMIN on, `SigSet::all` has none on some platforms: this one counts.
        let blocked = raw::only(alarm_signal());
        blocked.thread_block().expect("a mask");
        for _ in 0..100 {
            assert_eq!(receive(queue, Duration::from_micros(100)), Ok(None));
            assert_eq!(send(queue, Duration::from_micros(100)), Err(Errno::ETIMEDOUT));
            assert!(raw::is_blocked(alarm_signal()), "as it was");
            assert!(raw::is_blocked(libc::SIGUSR2), "as it was");
            assert!(!raw::is_pending(alarm_signal()), "no signal is left");
        }
        before.thread_set_mask().expect("a mask");
        room.remove(queue.id());
    });
}

#[test]
fn thread_that_has_not_blocked_the_signal_does_not_block_it_afterwards() {
    support::alone(|room| {
        let queue = new_queue(room);
        assert_eq!(receive(queue, SHORT), Ok(None));
        assert!(!raw::is_blocked(alarm_signal()));
        room.remove(queue.id());
    });
}

#[test]
fn signal_before_the_deadline_is_reported_as_eintr() {
    support::alone(|room| {
        raw::handle_sigusr1();
        let queue = shut_queue(room);
        let interrupt = |thread| raw::signal(thread, libc::SIGUSR1);
        assert_eq!(while_asleep(|| receive(queue, LONG), interrupt), Err(Errno::EINTR));
        assert_eq!(while_asleep(|| send(queue, LONG), interrupt), Err(Errno::EINTR));
        room.remove(queue.id());
    });
}

#[test]
fn receiver_waits_again_after_a_timeout() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut receiver = Receiver::new(queue);
        for _ in 0..3 {
            let received = receiver.recv_timeout(Select::Any, SHORT);
            assert_eq!(received.map(|message| message.map(text)), Ok(None));
        }
        send(queue, SHORT).expect("there is room");
        let received = receiver.recv_timeout(Select::Any, SHORT);
        assert_eq!(received.map(|message| message.map(text)), Ok(Some("hello".to_owned())));
        room.remove(queue.id());
    });
}

#[test]
fn message_that_came_while_the_program_was_stopped_is_received_after_the_deadline() {
    support::alone(|room| {
        let (empty, shut) = (new_queue(room), shut_queue(room));
        let [receiver, sender] = [
            &["receive", &empty.id().to_string(), "1500"][..],
            &["send", &shut.id().to_string(), "1500", "1", "hello"],
        ]
        .map(|args| {
            let mut command = Command::new(cargo_bin!("ch10"));
            command.args(args);
            let program = Running::start(command);
            until("the program to sleep", || asleep_in_msg_call(program.id()));
            program.signal(Signal::SIGSTOP);
            until("the program to be stopped", || {
                let stat = fs::read_to_string(format!("/proc/{}/stat", program.id()));
                stat.expect("it runs").contains(") T ")
            });
            program
        });
        let stopped = Instant::now(); // later than either began to wait
        send(empty, SHORT).expect("there is room");
        set_capacity(shut, 6).expect("the queue is ours");
        until("the deadline to pass", || stopped.elapsed() > Duration::from_millis(1500));
        receiver.signal(Signal::SIGCONT);
        sender.signal(Signal::SIGCONT);
        receiver.finish().success().stdout_is("type 1, 5 bytes: \"hello\"\n");
        sender.finish().success().stdout_is("sent type 1, 6 bytes\n");
        room.remove(empty.id());
        room.remove(shut.id());
    });
}
