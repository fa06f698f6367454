//! The program on outputs that fail or are slow: a queue whose id nobody learns does not stay.

use assert_cmd::cargo::cargo_bin;
use ch02_create::Queue;
use support::{BAD_OUTPUTS, with_slow_reader};

use crate::{OURS, new_key};

#[test]
fn bad_output_ends_with_a_sentence_and_leaves_no_queue() {
    support::alone(|room| {
        let key = new_key(room).to_string();
        for bad in BAD_OUTPUTS {
            for args in [&["create", &key][..], &["new", &key], &["--help"]] {
                let finished = bad.run(cargo_bin!("ch02"), args);
                if !bad.known_at_start && args[0] != "--help" {
                    finished.stderr_has("has been removed again");
                }
                assert_eq!(room.queues(), []);
            }
        }
    });
}

#[test]
fn bad_output_leaves_no_queue_without_a_key() {
    support::in_namespace(|room| {
        for bad in BAD_OUTPUTS {
            bad.run(cargo_bin!("ch02"), &["private"]);
            assert_eq!(room.queues(), []);
        }
    });
}

#[test]
fn bad_output_leaves_a_queue_that_was_there() {
    support::alone(|room| {
        let key = new_key(room);
        let queue = Queue::create(key, OURS).expect("the key is free");
        let before = room.queues();
        for bad in BAD_OUTPUTS {
            for verb in ["create", "open"] {
                let finished = bad.run(cargo_bin!("ch02"), &[verb, &key.to_string()]);
                if !bad.known_at_start {
                    finished.stderr_has("is as it was");
                }
                assert_eq!(room.queues(), before);
            }
        }
        room.remove(queue.id());
    });
}

#[test]
fn slow_reader_is_waited_for() {
    support::alone(|room| {
        let key = new_key(room);
        let finished = with_slow_reader(cargo_bin!("ch02"), &["create", &key.to_string()]);
        let queue = Queue::open(key).expect("it was made");
        let output = format!("queue id {}\n", queue.id());
        finished.success().stdout_is(output).stderr_is("");
        room.remove(queue.id());
    });
}
