//! The program on outputs that fail or are slow: it sends no more than it can report.

use assert_cmd::cargo::cargo_bin;
use support::{BAD_OUTPUTS, with_slow_reader};

use crate::new_queue;

#[test]
fn bad_output_ends_with_a_sentence_and_the_sending() {
    support::alone(|room| {
        for bad in BAD_OUTPUTS {
            for options in [&[][..], &["--try"]] {
                let queue = new_queue(room);
                let id = queue.id().to_string();
                let args = [options, &[&id, "1", "one", "two", "three"]].concat();
                let finished = bad.run(cargo_bin!("ch04"), &args);
                let sent = room.queues()[0].qnum;
                if bad.known_at_start {
                    assert_eq!(sent, 0);
                } else {
                    finished.stderr_has("\"one\" was sent, those after it (2) were not");
                    assert_eq!(sent, 1);
                }
                room.remove(queue.id());
            }
            bad.run(cargo_bin!("ch04"), &["--help"]);
        }
    });
}

#[test]
fn slow_reader_is_waited_for() {
    support::alone(|room| {
        let queue = new_queue(room);
        let args = [&queue.id().to_string(), "1", "one", "two"];
        let finished = with_slow_reader(cargo_bin!("ch04"), &args);
        finished.success().stdout_is("sent type 1, 4 bytes\nsent type 1, 4 bytes\n").stderr_is("");
        assert_eq!(room.queues()[0].qnum, 2);
        room.remove(queue.id());
    });
}
