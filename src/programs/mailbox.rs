//! How the server comes by its queue: makes one, or takes over the one that is there.

use std::time::{Duration, Instant};

use anyhow::bail;
use clap::{Args, ValueEnum};
use nix::errno::Errno;

use super::closing::{Waited, usual_capacity, wait_for_closer};
use super::failure;
use super::options::parse_mode;
use super::ownership::{Obstacle, check_owner, set_mode_asked};
use super::requests::{Request, Requests};
use crate::{Key, Mode, Queue, Status, explain, remove};

/// Which queue will do.
#[derive(Args, Debug)]
pub(super) struct QueueOptions {
    /// Who may read and write the queue, in octal: 600 is you alone, 622 lets everyone write
    #[arg(
        long,
        value_name = "MODE",
        default_value = "600",
        allow_hyphen_values = true,
        value_parser = parse_mode
    )]
    pub(super) mode: Mode,

    /// What to do about a queue that is there already
    #[arg(
        long,
        value_name = "WHAT",
        value_enum,
        allow_hyphen_values = true,
        default_value_t = Existing::Attach
    )]
    existing: Existing,

    /// Attach to a queue, or replace it, even if another user has made it or owns it
    #[arg(long)]
    pub(super) foreign: bool,
}

/// What to do about a queue that has the key already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Existing {
    /// Take it over and deliver what waits in it
    Attach,
    /// Refuse to start
    Fail,
    /// Remove it, with what waits in it, and make a new one
    Replace,
}

/// The server's queue, and how it came by it.
pub(super) struct Mailbox {
    pub(super) queue: Queue,
    /// How many messages waited in a queue that was there; `None` for a new one.
    pub(super) waiting: Option<usize>,
    since: Instant,
}

impl Mailbox {
    // ANCHOR: open
    /// Makes the queue, or does with the one that is there what `existing` says. `None` if a signal
    /// has asked the server to stop before it had one.
    ///
    /// Between two calls another program can make or remove the queue, so the answer of one call
    /// is only a hint for the next: when they do not fit together, ask again.
    pub(super) fn open(
        key: Key,
        options: &QueueOptions,
        requests: &Requests,
    ) -> anyhow::Result<Option<Mailbox>> {
        for _ in 0..ATTEMPTS {
            match Queue::create_new(key, options.mode) {
                Ok(queue) => return Mailbox::new(queue, None).map(Some),
                Err(Errno::EEXIST) => {}
                Err(errno) => {
                    let tried = format!("cannot create the message queue with key {key}");
                    return Err(failure(tried, explain::create(errno), errno));
                }
            }
            let done = match options.existing {
                Existing::Attach => attach(key, options, requests),
                Existing::Replace => replace(key, options),
                Existing::Fail => bail!(
                    "a message queue with key {key} exists already: another server may be using it; stop that one, choose another --key, or take the queue over with --existing attach (EEXIST)"
                ),
            };
            match done {
                Ok(Some((queue, waiting))) => return Mailbox::new(queue, Some(waiting)).map(Some),
                Ok(None) | Err(Obstacle::Errno(Errno::ENOENT | Errno::EINVAL | Errno::EIDRM)) => {}
                Err(Obstacle::Asked) => return Ok(None),
                Err(obstacle) => {
                    bail!("cannot take over the message queue with key {key}: {obstacle}")
                }
            }
        }
        bail!(
            "the message queue with key {key} is being made and removed by others again and again: choose another --key (EEXIST)"
        )
    }
    // ANCHOR_END: open

    /// A queue that can hold nothing is of no use: better said now than by each client, forever.
    fn new(queue: Queue, waiting: Option<usize>) -> anyhow::Result<Mailbox> {
        let nothing_fits = Status::of(queue).is_ok_and(|status| status.capacity == 0);
        if nothing_fits && usual_capacity() == 0 {
            if waiting.is_none() {
                // It is ours and empty. If it is gone already, that is as good.
                let _ = remove(queue);
            }
            bail!(
                "this system lets a new message queue hold 0 bytes, so nobody could send anything: raise that as root, with sysctl kernel.msgmnb=16384"
            );
        }
        Ok(Mailbox { queue, waiting, since: Instant::now() })
    }

    /// Whether this server has made it.
    pub(super) fn is_new(&self) -> bool {
        self.waiting.is_none()
    }

    /// Waits for the next request. Whoever types `kill $old; server` may be quicker than the old
    /// server is: then this one has attached to a queue that is about to be shut and removed. Says
    /// whether that may be so, which is when it happens in the first second.
    pub(super) fn watch_the_door(&self, requests: &Requests) -> (Request, bool) {
        let young = || !self.is_new() && self.since.elapsed() < Duration::from_secs(1);
        let mut shut = false;
        while young() && !shut {
            if let Some(request) = requests.within(Duration::from_millis(50)) {
                return (request, young());
            }
            shut = Status::of(self.queue).is_ok_and(|status| status.capacity == 0);
        }
        if shut {
            if let Ok(Waited::Asked(request)) = wait_for_closer(self.queue, requests) {
                return (request, true);
            }
        }
        (requests.next(), shut)
    }
}

const ATTEMPTS: usize = 100;

/// Takes over the queue that is there; returns how many messages wait in it.
fn attach(
    key: Key,
    options: &QueueOptions,
    requests: &Requests,
) -> Result<Option<(Queue, usize)>, Obstacle> {
    let queue = Queue::open_for(key, Mode::S_IRUSR)?;
    check_owner(queue, options.foreign)?;
    let messages = match wait_for_closer(queue, requests)? {
        Waited::Asked(_) => return Err(Obstacle::Asked),
        Waited::Open(messages) => messages,
    };
    set_mode_asked(queue, options.mode)?;
    Ok(Some((queue, messages)))
}

/// Removes the queue that is there.
fn replace(key: Key, options: &QueueOptions) -> Result<Option<(Queue, usize)>, Obstacle> {
    let queue = Queue::open(key)?;
    check_owner(queue, options.foreign)?;
    remove(queue)?;
    Ok(None)
}
