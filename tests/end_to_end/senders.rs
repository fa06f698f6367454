//! Senders inside the test that count what the kernel has accepted.

use std::thread;
use std::time::Duration;

use nix::errno::Errno;
use sysv_mq::{MessageType, Queue, Sender};

/// How a sender goes about it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Without a pause; when the queue is full, it waits for room.
    Waiting,
    /// Without a pause; when the queue is full, it tries again.
    Retrying,
    /// With pauses, long enough for the server to fall asleep.
    Trickling,
}

/// What became of a sender.
pub(crate) struct Flood {
    /// How many of its messages the kernel accepted.
    pub(crate) accepted: usize,
    /// How often the queue was full.
    pub(crate) refused: usize,
    /// What ended it.
    pub(crate) end: Errno,
}

/// Sends "NAME 0", "NAME 1", ... until the queue is gone.
pub(crate) fn flood(queue: Queue, name: &str, manner: Manner) -> Flood {
    let mut sender = Sender::new(queue);
    let (mut accepted, mut refused) = (0, 0);
    loop {
        let text = format!("{name} {accepted}\0");
        let sent = match manner {
            Manner::Waiting | Manner::Trickling => sender.send(MessageType::ONE, text.as_bytes()),
            Manner::Retrying => sender.try_send(MessageType::ONE, text.as_bytes()),
        };
        match sent {
            Ok(()) => {
                accepted += 1;
                if manner == Manner::Trickling {
                    thread::sleep(PAUSE);
                }
            }
            Err(Errno::EAGAIN) => {
                refused += 1;
                thread::yield_now();
            }
            Err(end) => {
                return Flood { accepted, refused, end };
            }
        }
    }
}

const PAUSE: Duration = Duration::from_micros(100);

/// The numbers of the messages that this sender's flood has brought to the server, as printed.
pub(crate) fn printed(lines: &[String], name: &str) -> Vec<usize> {
    let prefix = format!("Server received: {name} ");
    let numbers = lines.iter().filter_map(|line| line.strip_prefix(&prefix));
    numbers.map(|number| number.parse().expect("a number")).collect()
}
