//! A producer with a spool, killed again and again.

use std::fs::File;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use assert_cmd::cargo::cargo_bin;
use ch02_create::Queue;
use nix::sys::signal::Signal;
use support::Running;

use super::{drain, small_queue};
use crate::receive;

const KILLS: usize = 20;
/// So many lines are given to a producer before it is killed.
const LINES: usize = 60;

fn producer(queue: Queue, spool: &Path) -> Command {
    let mut command = Command::new(cargo_bin!("ch10"));
    command.args(["produce", &queue.id().to_string(), &format!("spool:{}", spool.display())]);
    command
}

/// How many lines it says it has accepted.
fn accepted(stdout: &str) -> usize {
    stdout.lines().filter(|line| line.starts_with("sent ") || line.starts_with("kept ")).count()
}

#[test]
fn messages_that_were_accepted_survive_20_sigkills_in_order() {
    support::alone(|room| {
        let queue = small_queue(room, 12); // three messages
        let folder = tempfile::tempdir().expect("a folder can be made");
        let spool = folder.path().join("spool");
        let (mut next, mut received) = (0, Vec::new());
        for kill in 0..KILLS {
            let mut program = Running::start(producer(queue, &spool));
            for number in next..next + LINES {
                program.write_line(format!("{number:04}"));
            }
            // Both at work: the consumer makes room, the producer fills it from its spool.
            program.wait_for_text("kept");
            for _ in 0..(kill * 7) % 40 {
                received.extend(receive(queue, Duration::from_millis(1)).expect("it is ours"));
            }
            program.signal(Signal::SIGKILL);
            let finished = program.finish();
            finished.killed_by(Signal::SIGKILL).stderr_is("");
            // The source begins again with the first line that was not acknowledged.
            next += accepted(&finished.stdout_text());
        }
        loop {
            let mut command = producer(queue, &spool);
            command.stdin(File::open("/dev/null").expect("it is there"));
            let finished = Running::start(command).finish();
            finished.success();
            received.extend(drain(queue));
            if finished.stdout.is_empty() {
                break;
            }
        }
        let numbers: Vec<usize> =
            received.iter().map(|text| text.parse().expect("a number was sent")).collect();
        assert!(numbers.is_sorted(), "{numbers:?}");
        let mut once = numbers.clone();
        once.dedup();
        let twice = numbers.len() - once.len();
        eprintln!("{next} accepted, {twice} of them twice");
        assert!((0..next).eq(once.iter().copied().take(next)), "{numbers:?}");
        assert!(once.len() <= next + 1, "one may have been accepted without a word");
        assert!(twice <= KILLS, "one at most for each kill: {numbers:?}");
        room.remove(queue.id());
    });
}
