//! A queue whose door is shut: another server is closing it, or was killed while it did.

use std::fs;
use std::mem;
use std::time::{Duration, Instant};

use nix::errno::Errno;

use super::requests::{Request, Requests};
use super::tell;
use crate::{Queue, Status, remove, set_capacity};

/// How a wait for another server ended.
pub(super) enum Waited {
    /// The door is open; so many messages wait.
    Open(usize),
    /// Somebody asks this server for something else.
    Asked(Request),
}

/// If the queue's door is shut, waits while another server empties it, until that removes it
/// (`EINVAL`) or has made no progress for a second: then it was killed, or is stuck, and the door
/// is opened. Before that it would let messages in that the other then removes.
///
/// A queue that is empty by then is removed instead (`EINVAL` too): the other, if it was suspended
/// just before it removes the queue, still will, and does not look again at what is in it.
pub(super) fn wait_for_closer(queue: Queue, requests: &Requests) -> nix::Result<Waited> {
    let mut status = Status::of(queue)?;
    if status.capacity > 0 {
        return Ok(Waited::Open(status.messages));
    }
    tell(
        "server",
        "the message queue with this key is being shut down: waiting until its server has ended",
    );
    let mut progress = Instant::now();
    while status.capacity == 0 && progress.elapsed() < STUCK {
        if let Some(request) = requests.within(LOOK_AGAIN) {
            return Ok(Waited::Asked(request));
        }
        let before = mem::replace(&mut status, Status::of(queue)?);
        if status.messages != before.messages {
            progress = Instant::now();
        }
    }
    if status.capacity == 0 && status.messages == 0 {
        remove(queue)?;
        return Err(Errno::EINVAL);
    }
    if status.capacity == 0 {
        set_capacity(queue, usual_capacity())?;
    }
    Ok(Waited::Open(status.messages))
}

const STUCK: Duration = Duration::from_secs(1);

/// More often than the other looks whether the queue is empty, so that its last progress is seen.
const LOOK_AGAIN: Duration = Duration::from_millis(1);

/// What a new queue may hold here: `msgmnb`.
pub(super) fn usual_capacity() -> usize {
    fs::read_to_string("/proc/sys/kernel/msgmnb")
        .ok()
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or(16_384)
}
