//! Outputs that fail.

use assert_cmd::cargo::cargo_bin;
use ch06_cleanup::Status;
use support::BAD_OUTPUTS;

use crate::{OURS, new_queue};

#[test]
fn bad_output_ends_looking_with_a_sentence() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        let id = queue.id().to_string();
        for bad in BAD_OUTPUTS {
            for args in [&["list"][..], &["limits"], &["show", &id], &["--help"]] {
                bad.run(cargo_bin!("ch12"), args);
            }
        }
        room.remove(queue.id());
    });
}

#[test]
fn bad_output_known_at_the_start_changes_nothing_and_another_says_what_was_done() {
    support::alone(|room| {
        for bad in BAD_OUTPUTS {
            let queue = new_queue(room, OURS);
            let before = Status::of(queue);
            let finished = bad.run(cargo_bin!("ch12"), &["allow", &queue.id().to_string(), "660"]);
            if bad.known_at_start {
                assert_eq!(Status::of(queue), before);
            } else {
                finished.stderr_has("rw-rw---- 660");
            }
            room.remove(queue.id());
        }
    });
}
