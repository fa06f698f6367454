//! How the server comes by its queue: makes one, or takes over the one that is there.

use std::fs;
use std::mem;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::bail;
use clap::ValueEnum;
use nix::errno::Errno;
use nix::unistd::Uid;

use super::{failure, tell};
use crate::{Key, Mode, OwnedQueue, Queue, Status, explain, remove, set_capacity};

/// What to do about a queue that has the key already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Existing {
    /// Take it over and deliver what waits in it
    Attach,
    /// Refuse to start
    Fail,
    /// Remove it, with what waits in it, and make a new one
    Replace,
}

/// The server's queue, and how it came by it.
pub(super) struct Mailbox {
    pub(super) queue: OwnedQueue,
    /// How many messages waited in a queue that was there; `None` for a new one.
    pub(super) waiting: Option<usize>,
}

impl Mailbox {
    // ANCHOR: open
    /// Makes the queue, or does with the one that is there what `existing` says.
    ///
    /// Between two calls another program can make or remove the queue, so the answer of one call
    /// is only a hint for the next: when they do not fit together, ask again.
    pub(super) fn open(key: Key, mode: Mode, existing: Existing) -> anyhow::Result<Mailbox> {
        for _ in 0..ATTEMPTS {
            match Queue::create_new(key, mode) {
                Ok(queue) => {
                    return Ok(Mailbox {
                        queue: OwnedQueue::new(queue),
                        waiting: None,
                    });
                }
                Err(Errno::EEXIST) => {}
                Err(errno) => {
                    let tried = format!("cannot create the message queue with key {key}");
                    return Err(failure(tried, explain::create(errno), errno));
                }
            }
            let done = match existing {
                Existing::Attach => attach(key),
                Existing::Replace => replace(key).map(|()| None),
                Existing::Fail => bail!(
                    "a message queue with key {key} exists already: another server may be using it; stop that one, choose another --key, or take the queue over with --existing attach (EEXIST)"
                ),
            };
            match done {
                Ok(Some(mailbox)) => return Ok(mailbox),
                Ok(None) => {}
                Err(errno) => {
                    let tried = format!("cannot take over the message queue with key {key}");
                    return Err(failure(tried, explain_takeover(errno), errno));
                }
            }
        }
        bail!(
            "the message queue with key {key} is being made and removed by others again and again: choose another --key (EEXIST)"
        )
    }
    // ANCHOR_END: open
}

const ATTEMPTS: usize = 100;

// ANCHOR: attach
/// Takes over the queue that is there; `None` if it has vanished meanwhile.
fn attach(key: Key) -> nix::Result<Option<Mailbox>> {
    let attached = Queue::open_for(key, Mode::S_IRUSR).and_then(|queue| {
        let mut status = Status::of(queue)?;
        // A server has to be able to close its queue, and only these may.
        let me = Uid::effective();
        if ![status.owner.0, status.creator.0, Uid::from_raw(0)].contains(&me) {
            return Err(Errno::EPERM);
        }
        if status.capacity == 0 {
            tell(
                "server",
                format_args!("the message queue with key {key} is being shut down: waiting for it"),
            );
            status = shut_down(queue)?;
        }
        // Still there: whoever shut the door was killed before the queue could be removed.
        if status.capacity == 0 {
            set_capacity(queue, usual_capacity())?;
        }
        Ok(Mailbox {
            queue: OwnedQueue::new(queue),
            waiting: Some(status.messages),
        })
    });
    unless_vanished(attached.map(Some))
}
// ANCHOR_END: attach

/// Waits while another server empties the queue, until it removes it (`EINVAL`) or has made no
/// progress for a second. To open the door before that would let messages in that it then removes.
fn shut_down(queue: Queue) -> nix::Result<Status> {
    let mut status = Status::of(queue)?;
    let mut progress = Instant::now();
    while status.capacity == 0 && progress.elapsed() < Duration::from_secs(1) {
        thread::sleep(Duration::from_millis(1));
        let before = mem::replace(&mut status, Status::of(queue)?);
        if status.messages != before.messages {
            progress = Instant::now();
        }
    }
    Ok(status)
}

/// Removes the queue that is there.
fn replace(key: Key) -> nix::Result<()> {
    unless_vanished(Queue::open(key).and_then(remove).map(Some)).map(drop)
}

/// That a queue is gone by now is no failure for those who want to start anew.
fn unless_vanished<T>(result: nix::Result<Option<T>>) -> nix::Result<Option<T>> {
    match result {
        Err(Errno::ENOENT | Errno::EINVAL | Errno::EIDRM) => Ok(None),
        other => other,
    }
}

/// What a new queue may hold here: `msgmnb`.
fn usual_capacity() -> usize {
    fs::read_to_string("/proc/sys/kernel/msgmnb")
        .ok()
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or(16_384)
}

fn explain_takeover(errno: Errno) -> &'static str {
    match errno {
        Errno::EPERM => {
            "it belongs to another user, and only its owner or root could close it; choose another --key"
        }
        Errno::EACCES => {
            "its mode does not let you read from it; choose another --key, or ask its owner for a wider mode"
        }
        other => explain::control(other),
    }
}
