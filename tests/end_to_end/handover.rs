//! A server that is told to stop, cannot go on, and loses its queue to the next one.

use nix::sys::signal::Signal;
use support::{Running, until};
use sysv_mq::Status;

use crate::programs::{client, server};
use crate::rounds::rounds;
use crate::slow_pipe::SlowPipe;

/// Printed, they fill the pipe many times over.
const LINES: usize = 3000;

#[test]
fn shutdown_that_another_server_takes_over_shows_each_message_once() {
    rounds(3, |room, round| {
        let key = room.key();
        let first = SlowPipe::start(server(key), key);
        let mut sender = Running::start(client(key));
        let lines: String = (0..LINES).map(|n| format!("line {n}\n")).collect();
        sender.write(lines).close_stdin();
        first.wait_until_stuck();
        first.server.signal(Signal::SIGTERM);
        until("the door to be shut", || {
            Status::of(first.queue).is_ok_and(|status| status.capacity == 0)
        });

        let mut second = Running::start(server(key));
        second.wait_for_text("Waiting for messages...\n");
        let first = first.read();
        first.code(1).stderr_has("another server has taken it over (EBUSY)");
        sender.finish().success();
        let mut last = client(key);
        last.arg("exit");
        Running::start(last).finish().success();
        let second = second.finish();
        second.success();

        let (first, second) = (shown(&first.lines()), shown(&second.lines()));
        assert!(first.is_sorted() && second.is_sorted(), "each in order");
        let mut all = [first, second].concat();
        all.sort_unstable();
        let lost: Vec<_> = (0..LINES).filter(|n| all.binary_search(n).is_err()).collect();
        assert!(
            all.iter().copied().eq(0..LINES),
            "round {round}: {} lines shown, {} of {LINES} lost: {lost:?}",
            all.len(),
            lost.len()
        );
    });
}

/// The numbers of the lines that a server has shown.
fn shown(lines: &[String]) -> Vec<usize> {
    let numbers = lines.iter().filter_map(|line| line.strip_prefix("Server received: line "));
    numbers.map(|number| number.parse().expect("a number")).collect()
}
