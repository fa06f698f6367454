//! What is lost when a busy consumer is killed: sent, but neither printed nor in the queue.

use std::env;
use std::io::{self, BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use ch02_create::{Mode, Queue};
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::OwnedQueue;
use nix::errno::Errno;
use streams::{Failure, stdout};

use super::shared::failed;

/// How long the consumer works on a message, in microseconds: longer than it takes to send one, so
/// that the queue is never empty.
const BUSY: &str = "20";

pub(crate) fn kills(times: &str) -> Result<(), Failure> {
    let times: u64 = times.parse().ok().filter(|times| *times > 0).ok_or_else(Failure::usage)?;
    let mut output = stdout()?;
    for way in ["read-ahead-64", "read-ahead", "inbox", "recv"] {
        let (mut messages, mut lost, mut most) = (0, 0, 0);
        for time in 0..times {
            let round = kill(way, 20 + time * 7 % 200)?;
            messages += round.sent;
            lost += round.lost;
            most = most.max(round.lost);
        }
        let line = format!(
            "{way:13}  {times} kills, {messages} messages, lost {lost}, at most {most} at once"
        );
        output.line(line).map_err(|error| Failure::output(&error))?;
    }
    Ok(())
}

struct Round {
    sent: u64,
    lost: u64,
}

/// Kills a consumer when it has printed so many messages, while others are being sent.
fn kill(way: &str, after: u64) -> Result<Round, Failure> {
    let queue = Queue::private(Mode::S_IRUSR | Mode::S_IWUSR).map_err(failed)?;
    let queue = OwnedQueue::new(queue);
    let id = queue.queue().id().to_string();
    let this_program = env::current_exe().map_err(cannot("find this program"))?;
    let mut consumer = Command::new(this_program)
        .args(["take", way, &id, BUSY])
        .stdout(Stdio::piped())
        .spawn()
        .map_err(cannot("start a consumer"))?;
    let lines = BufReader::new(consumer.stdout.take().expect("it is piped"));

    let stop = AtomicBool::new(false);
    let (sent, printed) = thread::scope(|scope| {
        let sender = scope.spawn(|| send_numbers(queue.queue(), &stop));
        let printed = count(lines, after, || consumer.kill());
        stop.store(true, Ordering::Relaxed);
        (sender.join().expect("no panic"), printed)
    });
    let (sent, printed) = (sent.map_err(failed)?, printed?);
    consumer.wait().map_err(cannot("wait for the consumer"))?;

    let mut left = 0;
    let mut receiver = Receiver::new(queue.queue());
    while receiver.try_recv(Select::Any).map_err(failed)?.is_some() {
        left += 1;
    }
    Ok(Round { sent, lost: sent - printed - left })
}

/// Counts the lines, which are the numbers from 1; kills the consumer after so many of them.
fn count(
    lines: impl BufRead,
    after: u64,
    mut kill: impl FnMut() -> io::Result<()>,
) -> Result<u64, Failure> {
    let mut printed = 0;
    for line in lines.lines() {
        let line = line.map_err(cannot("read what the consumer prints"))?;
        printed += 1;
        if line != printed.to_string() {
            return Err(Failure::new(format_args!("{line:?} was printed, and {printed} was next")));
        }
        if printed == after {
            kill().map_err(cannot("kill the consumer"))?;
        }
    }
    Ok(printed)
}

/// Sends 1, 2, 3 ... until it has to stop; returns the last number.
fn send_numbers(queue: Queue, stop: &AtomicBool) -> nix::Result<u64> {
    let mut sender = Sender::new(queue);
    let mut number = 0;
    while !stop.load(Ordering::Relaxed) {
        match sender.try_send(MessageType::ONE, (number + 1).to_string().as_bytes()) {
            Ok(()) => number += 1,
            Err(Errno::EAGAIN) => thread::sleep(Duration::from_micros(50)),
            Err(errno) => return Err(errno),
        }
    }
    Ok(number)
}

fn cannot(what: &'static str) -> impl Fn(io::Error) -> Failure {
    move |error| Failure::new(format_args!("cannot {what}: {}", streams::explain(&error)))
}
