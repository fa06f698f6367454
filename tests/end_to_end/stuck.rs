//! A server that waits says what for, and whoever has no time can end it.

use std::thread;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::sys::signal::Signal;
use support::{Running, until};
use sysv_mq::{MessageType, Receiver, Select, Sender, set_capacity};

use crate::killed::{drain, lost};
use crate::programs::{server, unattended_queue};
use crate::rounds::rounds;
use crate::senders::{Manner, flood};
use crate::slow_pipe::SlowPipe;
use crate::stalled::Stalled;

#[test]
fn shutdown_with_a_stuck_output_is_explained_and_ended_by_a_second_signal() {
    support::alone(|room| {
        let stalled = Stalled::start(room.key());
        stalled.begin_to_stop(Signal::SIGTERM);
        let mut server = stalled.server;
        server.wait_for_stderr("the shutdown waits until what was received has been written");
        let asked_again = Instant::now();
        server.signal(Signal::SIGTERM);
        let server = server.finish();
        assert!(asked_again.elapsed() < Duration::from_secs(1));
        server.code(1).stderr_has("1 line could not be written to standard output:\n");
        assert_eq!(room.queues(), [], "nothing was in it");
    });
}

#[test]
fn second_signal_in_the_first_second_counts_when_the_second_is_over() {
    support::alone(|room| {
        let stalled = Stalled::start(room.key());
        stalled.begin_to_stop(Signal::SIGINT);
        let begun = Instant::now();
        stalled.server.signal(Signal::SIGINT);
        let server = stalled.server.finish();
        server.code(1).stderr_has("stopped; ");
        assert!(begun.elapsed() < Duration::from_secs(3));
    });
}

#[test]
fn sigquit_with_a_stuck_output_under_load_loses_nothing() {
    rounds(3, |room, _| {
        let key = room.key();
        let stuck = SlowPipe::start(server(key), key);
        let queue = stuck.queue;
        let sender = thread::spawn(move || flood(queue, "ann", Manner::Waiting).accepted);
        stuck.wait_until_stuck();
        stuck.server.signal(Signal::SIGQUIT);
        until("the server to end, unread", || stuck.server.has_exited());
        let server = stuck.read();
        server.code(1).stderr_has("for the next server");
        let left = drain(queue);
        let accepted = sender.join().expect("a sender does not panic");
        let mut lines = server.lines();
        lines.extend(server.stderr_text().lines().map(str::to_owned));
        assert_eq!(lost(&lines, &left, [("ann", accepted)]), [""; 0]);
    });
}

#[test]
fn server_that_waits_for_another_ones_shutdown_hears_a_signal() {
    support::alone(|room| {
        let key = room.key();
        let queue = unattended_queue(key);
        let mut sender = Sender::new(queue.queue());
        while sender.try_send(MessageType::ONE, b"12345678").is_ok() {}
        set_capacity(queue.queue(), 0).expect("our own queue");
        // As a server that drains slowly does it, for as long as the test takes.
        let mut receiver = Receiver::new(queue.queue());
        let draining = thread::spawn(move || {
            loop {
                match receiver.try_recv(Select::Any) {
                    Ok(Some(_)) => thread::sleep(Duration::from_millis(20)),
                    Ok(None) => panic!("drained before the test was over"),
                    Err(Errno::EINVAL | Errno::EIDRM) => return,
                    Err(errno) => panic!("{errno}"),
                }
            }
        });
        for signal in [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP, Signal::SIGQUIT] {
            let mut waiting = Running::start(server(key));
            waiting.wait_for_stderr("is being shut down");
            let asked = Instant::now();
            waiting.signal(signal);
            let waiting = waiting.finish();
            waiting.success().stdout_is("").stderr_has("asked to stop before it had a queue");
            assert!(asked.elapsed() < Duration::from_secs(1), "{signal}");
        }
        queue.remove().expect("our own queue");
        draining.join().expect("the queue lasted");
    });
}
