//! The program on outputs that fail or are slow: a message that cannot be printed is not lost.

use assert_cmd::cargo::cargo_bin;
use ch02_create::Queue;
use ch05_receive::{Receiver, Select};
use support::{BAD_OUTPUTS, with_slow_reader};

use crate::{queue_with, read};

/// Everything that is in the queue, in order.
fn take_all(queue: Queue) -> Vec<(libc::c_long, String)> {
    let mut receiver = Receiver::new(queue);
    let mut all = Vec::new();
    while let Some(message) = receiver.try_recv(Select::Any).expect("the queue is ours") {
        all.push(read(message));
    }
    all
}

#[test]
fn bad_output_ends_with_a_sentence_and_the_message_in_the_queue() {
    support::alone(|room| {
        for bad in BAD_OUTPUTS {
            for (options, which) in [(&[][..], "any"), (&["--try"], "3"), (&["--peek"], "0")] {
                let queue = queue_with(room, &[(3, "one\n"), (4, "two")]);
                let id = queue.id().to_string();
                let finished = bad.run(cargo_bin!("ch05"), &[options, &[&id, which]].concat());
                let (one, two) = ((3, "one\n".to_owned()), (4, "two".to_owned()));
                if bad.known_at_start || options == ["--peek"] {
                    assert_eq!(take_all(queue), [one, two]);
                } else {
                    finished.stderr_has("type 3: \"one\\n\"; it is in the queue again");
                    assert_eq!(take_all(queue), [two, one]);
                }
                room.remove(queue.id());
            }
            bad.run(cargo_bin!("ch05"), &["--help"]);
        }
    });
}

#[test]
fn slow_reader_is_waited_for() {
    support::alone(|room| {
        let queue = queue_with(room, &[(3, "one"), (4, "two")]);
        let finished = with_slow_reader(cargo_bin!("ch05"), &[&queue.id().to_string()]);
        finished.success().stdout_is("type 3, 3 bytes: \"one\"\n").stderr_is("");
        assert_eq!(take_all(queue), [(4, "two".to_owned())]);
        room.remove(queue.id());
    });
}
