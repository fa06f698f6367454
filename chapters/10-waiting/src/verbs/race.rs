//! Arrivals and deadlines at the same moment, many times: each message arrives once.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use std::{hint, thread};

use ch02_create::{Mode, Queue};
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::{OwnedQueue, Status, set_capacity};
use ch10_waiting::{RecvTimeout, SendTimeout};
use nix::errno::Errno;
use streams::{Failure, stdout};

use super::shared::failed;

/// By then whatever comes has come.
const LONG: Duration = Duration::from_secs(30);
/// A message is the number of its round.
const SIZE: usize = size_of::<u64>();

pub(crate) fn race(rounds: &str) -> Result<(), Failure> {
    let rounds = rounds.parse().map_err(|_| Failure::usage())?;
    let mut output = stdout()?;
    for (what, race) in [("a message", receiving as fn(u64) -> _), ("room", sending)] {
        let [in_time, at_last, too_late] = race(rounds)?;
        let line = format!(
            "{rounds} races of {what} and a deadline: {in_time} in time, {at_last} at the last \
             moment, {too_late} too late"
        );
        output.line(line).map_err(|error| Failure::output(&error))?;
    }
    output
        .line("each message arrived once, and nothing is left")
        .map_err(|error| Failure::output(&error))
}

/// How many races ended before the deadline, after it and still well, and in vain.
type Tally = [u64; 3];

/// The other side sends around the deadline of a receiver.
fn receiving(rounds: u64) -> Result<Tally, Failure> {
    let queue = new_queue()?;
    let (mut sender, mut receiver) = (Sender::new(queue.queue()), Receiver::new(queue.queue()));
    let tally = run(
        rounds,
        |round| sender.try_send(MessageType::ONE, &round.to_ne_bytes()).map_err(failed),
        |round, timeout| {
            let came = take(&mut receiver, round, timeout)?;
            if !came && !take(&mut receiver, round, LONG)? {
                return Err(wrong(round, "its message was lost"));
            }
            Ok(came)
        },
    )?;
    is_empty(queue.queue(), 0)?;
    Ok(tally)
}

/// The other side makes room around the deadline of a sender: the queue holds one message.
fn sending(rounds: u64) -> Result<Tally, Failure> {
    let queue = new_queue()?;
    set_capacity(queue.queue(), SIZE).map_err(failed)?;
    let (mut sender, mut receiver) = (Sender::new(queue.queue()), Receiver::new(queue.queue()));
    sender.try_send(MessageType::ONE, &0_u64.to_ne_bytes()).map_err(failed)?;
    let tally = run(
        rounds,
        |round| match take(&mut receiver, round - 1, LONG)? {
            true => Ok(()),
            false => Err(wrong(round, "the message before it was lost")),
        },
        |round, timeout| {
            let bytes = round.to_ne_bytes();
            match sender.send_timeout(MessageType::ONE, &bytes, timeout) {
                Err(Errno::ETIMEDOUT) => {
                    // Not sent, so there is room for it once the other side has been here.
                    sender.send_timeout(MessageType::ONE, &bytes, LONG).map_err(failed)?;
                    Ok(false)
                }
                sent => sent.map(|()| true).map_err(failed),
            }
        },
    )?;
    is_empty(queue.queue(), 1)?;
    Ok(tally)
}

/// Lets `meet` happen on another thread, each time around the moment when `wait` has to end.
fn run(
    rounds: u64,
    mut meet: impl FnMut(u64) -> Result<(), Failure> + Send,
    mut wait: impl FnMut(u64, Duration) -> Result<bool, Failure>,
) -> Result<Tally, Failure> {
    /// What the other thread finds as its moment when there is no other round.
    const NO_MORE: u64 = u64::MAX;
    let begin = Instant::now();
    let moment = AtomicU64::new(0);
    thread::scope(|scope| {
        let other = scope.spawn(|| {
            for round in 1..=rounds {
                let at = loop {
                    match moment.swap(0, Ordering::Relaxed) {
                        0 => thread::yield_now(),
                        NO_MORE => return Ok(()),
                        at => break at,
                    }
                };
                while nanoseconds(begin.elapsed()) < at {
                    hint::spin_loop();
                }
                meet(round)?;
            }
            Ok(())
        });
        let mut tally = Tally::default();
        for round in 1..=rounds {
            // All of them, in an order without a pattern: 7919 is prime.
            let timeout = Duration::from_nanos(80_000 + round * 7919 % 40_000);
            let around = nanoseconds(timeout) - 75_000 + round * 104_729 % 120_000;
            let now = begin.elapsed();
            moment.store(nanoseconds(now) + around, Ordering::Relaxed);
            let waited = wait(round, timeout);
            let late = begin.elapsed() - now >= timeout;
            match waited {
                Ok(true) => tally[usize::from(late)] += 1,
                Ok(false) => tally[2] += 1,
                Err(failure) => {
                    moment.store(NO_MORE, Ordering::Relaxed);
                    // What the other side has to say is the cause.
                    return other.join().expect("no panic").and(Err(failure));
                }
            }
        }
        other.join().expect("no panic").map(|()| tally)
    })
}

fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).expect("500 years are not over")
}

/// Takes the message of this round, if it comes in time.
fn take(receiver: &mut Receiver, round: u64, timeout: Duration) -> Result<bool, Failure> {
    match receiver.recv_timeout(Select::Any, timeout).map_err(failed)? {
        None => Ok(false),
        Some(message) if message.bytes() == round.to_ne_bytes() => Ok(true),
        Some(message) => Err(wrong(round, format_args!("{message:?} came instead"))),
    }
}

fn is_empty(queue: Queue, expected: usize) -> Result<(), Failure> {
    match Status::of(queue).map_err(failed)?.messages {
        messages if messages == expected => Ok(()),
        messages => Err(Failure::new(format_args!("{messages} messages are left, not {expected}"))),
    }
}

fn wrong(round: u64, what: impl std::fmt::Display) -> Failure {
    Failure::new(format_args!("race {round}: {what}"))
}

fn new_queue() -> Result<OwnedQueue, Failure> {
    Queue::private(Mode::S_IRUSR | Mode::S_IWUSR).map(OwnedQueue::new).map_err(failed)
}
