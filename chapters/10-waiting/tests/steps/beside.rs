//! An alarm beside everything else that a program does: it disturbs nothing, and leaves nothing.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::{Duration, Instant};

use ch05_receive::{Receiver, Select};
use ch10_waiting::{Alarm, alarm_signal};
use nix::errno::Errno;
use support::while_asleep;

use crate::{NOBODY, SHORT, new_queue, raw, receive, send, shut_queue, text, timed};

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
fn threads_wait_side_by_side() {
    support::alone(|room| {
        let (empty, shut) = (new_queue(room), shut_queue(room));
        thread::scope(|scope| {
            for number in 1..=8 {
                let timeout = Duration::from_millis(5 * number);
                scope.spawn(move || {
                    let (took, received) = timed(|| receive(empty, timeout));
                    assert_eq!(received, Ok(None));
                    assert!(took >= timeout, "{took:?} are less than {timeout:?}");
                    let (took, sent) = timed(|| send(shut, timeout));
                    assert_eq!(sent, Err(Errno::ETIMEDOUT));
                    assert!(took >= timeout, "{took:?} are less than {timeout:?}");
                });
            }
        });
        room.remove(empty.id());
        room.remove(shut.id());
    });
}

#[test]
fn ordinary_user_may_wait_with_a_timeout() {
    support::alone(|room| {
        let wait = || {
            let queue = shut_queue(room);
            let timeout = Duration::from_millis(2);
            let answers = (receive(queue, timeout), send(queue, timeout));
            room.remove(queue.id());
            answers
        };
        if let Some(answers) = support::as_stranger(NOBODY, wait) {
            assert_eq!(answers, (Ok(None), Err(Errno::ETIMEDOUT)));
        }
    });
}
