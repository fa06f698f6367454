//! The program's consumers: what they print, and what a kill costs.

use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use support::{Finished, Running, asleep_in_msg_call, until};

use super::send;
use crate::new_queue;

const WAYS: [&str; 5] = ["inbox", "read-ahead", "read-ahead-64", "pauses", "recv"];

fn run(args: &[&str]) -> Running {
    let mut command = Command::new(cargo_bin!("ch10"));
    command.args(args);
    Running::start(command)
}

#[test]
fn consumer_prints_what_it_takes_until_the_queue_is_removed() {
    support::alone(|room| {
        for way in WAYS {
            let queue = new_queue(room);
            let mut consumer = run(&["take", way, &queue.id().to_string(), "0"]);
            for text in ["one", "two\n", ""] {
                send(queue, 1, text.as_bytes());
                consumer.wait_for_line(&text.escape_default().to_string());
            }
            if way == "recv" {
                // The one that has to be asleep: asked later, it says EINVAL.
                until("the consumer to sleep", || asleep_in_msg_call(consumer.id()));
                room.remove(queue.id());
                consumer.finish().success().stdout_is("one\ntwo\\n\n\n").stderr_is("");
            } else {
                room.remove(queue.id());
                consumer.finish().stdout_is("one\ntwo\\n\n\n");
            }
        }
    });
}

#[test]
fn missing_queue_is_explained_to_each_consumer() {
    for way in WAYS {
        let finished = run(&["take", way, "2147483647", "0"]).finish();
        finished.code(1).stdout_is("").stderr_has("no queue with this id").stderr_has("(EINVAL)");
    }
}

/// The row of a table that begins with this word, as numbers.
fn row(finished: &Finished, name: &str) -> Vec<u64> {
    let text = finished.stdout_text().into_owned();
    let row = text
        .lines()
        .find(|line| line.split(' ').next() == Some(name))
        .expect("there is such a row");
    let words = row.split([' ', ',']).filter_map(|word| word.parse().ok());
    words.collect()
}

#[test]
fn killed_inbox_loses_no_more_than_a_plain_receiver_and_less_than_reading_ahead() {
    support::alone(|room| {
        let finished = run(&["kills", "20"]).finish();
        finished.success().stderr_is("");
        let [far, ahead, inbox, recv] =
            ["read-ahead-64", "read-ahead", "inbox", "recv"].map(|name| {
                let [kills, messages, lost, most] = row(&finished, name)[..] else {
                    panic!("{}", finished.stdout_text());
                };
                assert!(kills == 20 && messages >= 20 * 20);
                (lost, most)
            });
        assert!(inbox.1 <= 1 && recv.1 <= 1, "the one that it was about to print");
        assert!(ahead.1 <= 3, "that one, one in the channel and one in the thread's hands");
        assert!(far.1 <= 66, "that one, 64 in the channel and one in the thread's hands");
        assert!(far.0 > ahead.0 && ahead.0 > inbox.0, "{}", finished.stdout_text());
        assert_eq!(room.queues(), []);
    });
}

#[test]
fn ways_are_measured_side_by_side() {
    support::alone(|room| {
        let finished = run(&["ways", "5"]).finish();
        finished.success().stderr_is("").stdout_has("us from sent to received");
        for name in WAYS {
            let text = finished.stdout_text().into_owned();
            let row =
                text.lines().find(|line| line.split(' ').next() == Some(name)).expect("a row");
            let numbers: Vec<f64> = row.split(' ').filter_map(|word| word.parse().ok()).collect();
            assert!(numbers.len() == 5 && numbers.iter().all(|number| *number > 0.0), "{row}");
            assert!(numbers[..3].is_sorted(), "{row}");
        }
        assert_eq!(room.queues(), []);
    });
}
