//! The traps on the way to a timeout, each as it snaps, and as it does not.

use std::fs;
use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::set_capacity;
use ch10_waiting::{Alarm, RecvTimeout, alarm_signal};
use nix::errno::Errno;
use nix::sys::signal::{SigSet, SigmaskHow, Signal};
use support::{Running, asleep_in_msg_call, until, while_asleep};

use crate::{LONG, SHORT, new_queue, raw, receive, send, shut_queue, text, timed};

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
fn nothing_interrupts_what_the_thread_does_afterwards() {
    support::alone(|room| {
        let queue = new_queue(room);
        for _ in 0..20 {
            assert_eq!(receive(queue, Duration::from_micros(100)), Ok(None));
            // Without descriptors: a sleep that any handler cuts short with EINTR.
            let (took, done) = timed(|| {
                // SAFETY: with a count of 0 the kernel does not look at the pointer.
                Errno::result(unsafe { libc::poll(std::ptr::null_mut(), 0, 3) })
            });
            assert_eq!(done, Ok(0), "after {took:?}");
        }
        room.remove(queue.id());
    });
}

#[test]
fn call_that_the_kernel_can_restart_does_not_notice_the_alarm() {
    support::alone(|_| {
        let (mut here, mut there) = UnixStream::pair().expect("a pair can be made");
        let begin = Instant::now();
        let _alarm = Alarm::at(begin).expect("the signal is free");
        let writer = thread::spawn(move || {
            thread::sleep(SHORT);
            there.write_all(b"hello")
        });
        let read = here.read(&mut [0; 5]).map_err(|error| error.kind());
        assert_eq!(read, Ok(5), "and not ErrorKind::Interrupted");
        writer.join().expect("no panic").expect("somebody reads");
    });
}

#[test]
fn handler_runs_on_the_stack_that_a_thread_has_for_signals() {
    support::alone(|room| {
        let queue = new_queue(room);
        assert_eq!(receive(queue, SHORT), Ok(None));
        assert_eq!(raw::flags(alarm_signal()) & libc::SA_ONSTACK, libc::SA_ONSTACK);
        room.remove(queue.id());
    });
}

#[test]
fn no_other_thread_is_interrupted() {
    support::alone(|room| {
        let (queue, others) = (new_queue(room), new_queue(room));
        let received = while_asleep(
            || Receiver::new(others).recv(Select::Any).map(text),
            |_| {
                for _ in 0..20 {
                    assert_eq!(receive(queue, Duration::from_micros(1500)), Ok(None));
                }
                send(others, SHORT).expect("there is room");
            },
        );
        assert_eq!(received, Ok("hello".to_owned()));
        room.remove(queue.id());
        room.remove(others.id());
    });
}

#[test]
fn panic_stops_the_alarm_and_restores_the_mask() {
    support::alone(|room| {
        let queue = new_queue(room);
        let blocked = raw::only(alarm_signal());
        blocked.thread_block().expect("a mask");
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            let _alarm = Alarm::at(Instant::now()).expect("the signal is free");
            panic!("in the middle of a wait");
        }));
        assert!(panicked.is_err());
        assert!(raw::is_blocked(alarm_signal()), "as it was");
        thread::sleep(SHORT);
        assert!(!raw::is_pending(alarm_signal()), "nothing rings any more");
        blocked.thread_unblock().expect("a mask");
        room.remove(queue.id());
    });
}

#[test]
fn alarm_that_is_dropped_as_it_rings_leaves_no_signal_pending() {
    support::alone(|_| {
        let blocked = raw::only(alarm_signal());
        blocked.thread_block().expect("a mask");
        for attempt in 0..5000 {
            let deadline = Instant::now() + Duration::from_micros(20);
            let alarm = Alarm::at(deadline).expect("the signal is free");
            let end = deadline + Duration::from_nanos(attempt % 100 * 30);
            while Instant::now() < end {}
            drop(alarm);
            assert!(!raw::is_pending(alarm_signal()), "in attempt {attempt}");
        }
        blocked.thread_unblock().expect("a mask");
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
            Running::start(command)
        });
        for program in [&receiver, &sender] {
            until("the program to sleep", || asleep_in_msg_call(program.id()));
            program.signal(Signal::SIGSTOP);
            until("the program to be stopped", || {
                let stat = fs::read_to_string(format!("/proc/{}/stat", program.id()));
                stat.expect("it runs").contains(") T ")
            });
        }
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
