//! Standard error that nobody reads: the sending goes on.

use std::process::Command;

use support::{Running, alone, until};
use sysv_mq::set_capacity;

use crate::client_streams::{POLL, redirected};
use crate::full::take;
use crate::full_pipe::{FullPipe, sleeps_in};
use crate::programs::unattended_queue;

#[test]
fn notice_that_nobody_reads_does_not_stop_the_sending() {
    alone(|room| {
        let key = room.key();
        let queue = unattended_queue(key);
        set_capacity(queue.queue(), 6).expect("the queue is ours");
        let pipe = FullPipe::new();
        let mut client = Running::start(client_into(&pipe, key));
        client.write("one\ntwo\nthree\n");
        until("the client to be stuck in its notice", || sleeps_in(client.id(), POLL));

        let taken = [take(&queue), take(&queue), take(&queue)];

        assert_eq!(taken, ["one", "two", "three"]);
        client.finish().success();
    });
}

#[test]
fn refusals_that_nobody_reads_do_not_stop_the_sending() {
    alone(|room| {
        let key = room.key();
        let queue = unattended_queue(key);
        let pipe = FullPipe::new();
        let mut client = Running::start(client_into(&pipe, key));
        let too_long = "x".repeat(256);
        client.write(format!("{too_long}\none\r\n{too_long}\ntwo\n"));

        let taken = [take(&queue), take(&queue)];

        assert_eq!(taken, ["one\r", "two"]);
        // Its end waits until they have been read.
        let mut complaints = pipe.drain();
        client.finish().code(1);
        complaints += &pipe.drain();
        let complaints = complaints.trim_start_matches('.');
        let starts = ["line 1 was not sent", "line 2 ends with", "line 3 was not sent"];
        for (complaint, start) in complaints.lines().zip(starts) {
            assert!(complaint.starts_with(&format!("client: {start}")), "{complaints}");
        }
        assert_eq!(complaints.lines().count(), 3, "{complaints}");
    });
}

fn client_into(stderr: &FullPipe, key: i32) -> Command {
    redirected(key, "", &format!("2>{}", stderr.path()))
}
