//! The program on outputs that fail or are slow: closing loses nothing that cannot be printed.

use assert_cmd::cargo::cargo_bin;
use ch06_cleanup::{Status, remove};
use support::{BAD_OUTPUTS, with_slow_reader};

use crate::{OURS, close, new_queue, queue_with};

#[test]
fn bad_output_ends_the_closing_with_every_message_in_the_queue() {
    support::alone(|room| {
        let texts = ["one", "two", "three"];
        for bad in BAD_OUTPUTS {
            let queue = queue_with(room, &texts);
            let before = Status::of(queue).expect("the queue is ours");
            let finished = bad.run(cargo_bin!("ch06"), &["close", &queue.id().to_string()]);
            let after = Status::of(queue).expect("it has not been removed");
            assert_eq!(after.capacity, before.capacity, "its door is open");
            let left = close::close(queue).expect("the queue is ours");
            if bad.known_at_start {
                assert_eq!(left, texts);
            } else {
                finished.stderr_has("type 1: \"one\"; it is in the queue again, as the newest");
                assert_eq!(left, ["two", "three", "one"]);
            }
        }
    });
}

#[test]
fn output_that_fails_half_way_ends_the_closing_there() {
    support::alone(|room| {
        let texts: Vec<String> = (0..100).map(|number| format!("message {number}")).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let queue = queue_with(room, &texts);
        // Some lines fit into 512 bytes, the smallest limit that the shell can set.
        let script = "ulimit -f 1; file=$(mktemp); \"$0\" close \"$1\" >$file; status=$?; cat $file; rm $file; exit $status";
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", script]).arg(cargo_bin!("ch06")).arg(queue.id().to_string());
        let finished = support::Running::start(shell).finish();
        finished.code(1).stderr_has("(EFBIG)");

        let printed = finished.stdout_text();
        let printed: Vec<&str> = printed
            .split_inclusive('\n')
            .filter_map(|line| line.strip_prefix("type 1: \"")?.strip_suffix("\"\n"))
            .collect();
        let mut left = close::close(queue).expect("the queue is ours");
        assert!(!printed.is_empty() && left.len() > 1, "{printed:?}");
        left.rotate_right(1); // what could not be printed has become the newest
        assert_eq!([printed, left.iter().map(String::as_str).collect()].concat(), texts);
    });
}

#[test]
fn bad_output_known_at_the_start_removes_no_queue() {
    support::alone(|room| {
        for bad in BAD_OUTPUTS {
            let queue = queue_with(room, &["hello"]);
            let id = queue.id().to_string();
            let finished = bad.run(cargo_bin!("ch06"), &["remove", &id]);
            if bad.known_at_start {
                assert_eq!(Status::of(queue).map(|status| status.messages), Ok(1));
                remove(queue).expect("the queue is ours");
            } else {
                finished.stderr_has(format!("queue {id} removed"));
                assert_eq!(room.queues(), []);
            }
        }
    });
}

#[test]
fn bad_output_ends_looking_and_helping_with_a_sentence() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        for bad in BAD_OUTPUTS {
            bad.run(cargo_bin!("ch06"), &["status", &queue.id().to_string()]);
            bad.run(cargo_bin!("ch06"), &["--help"]);
        }
        room.remove(queue.id());
    });
}

#[test]
fn slow_reader_gets_every_message() {
    support::alone(|room| {
        let queue = queue_with(room, &["one", "two"]);
        let id = queue.id().to_string();
        let finished = with_slow_reader(cargo_bin!("ch06"), &["close", &id]);
        let output = format!("type 1: \"one\"\ntype 1: \"two\"\nqueue {id} closed\n");
        finished.success().stdout_is(output).stderr_is("");
    });
}
