//! Sending one text after the other, and saying so when one could not be sent.

use std::fmt;
use std::fs;
use std::ops::ControlFlow;

use nix::errno::Errno;

use super::lines::Line;
use super::oddities::Oddities;
use super::reports::Reports;
use super::slow_wait_notice::SlowWaitNotice;
use super::{Outcome, failure, tell};
use crate::{Key, MessageType, Queue, Sender, Status, explain};

/// The longest text: a C program's 256 bytes, less one for the NUL.
pub(super) const LONGEST: usize = 255;

/// Where a text comes from, as the user counts: "line 3".
pub(super) struct Place(pub(super) &'static str, pub(super) usize);

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0, self.1)
    }
}

/// The client at work.
pub(super) struct LineSender {
    key: Key,
    sender: Sender,
    message_type: MessageType,
    /// The text and its NUL, as they are sent.
    text: Vec<u8>,
    notice: SlowWaitNotice,
    oddities: Oddities,
    reports: Reports,
    outcome: Outcome,
}

impl LineSender {
    /// For the queue with this key, to which messages of this type are sent.
    pub(super) fn new(key: Key, queue: Queue, message_type: MessageType) -> LineSender {
        LineSender {
            key,
            sender: Sender::new(queue),
            message_type,
            text: Vec::with_capacity(LONGEST + 1),
            notice: SlowWaitNotice::new(move |what| tell("client", why_it_waits(queue, what))),
            oddities: Oddities::default(),
            reports: Reports::default(),
            outcome: Outcome::Done,
        }
    }

    /// Whether all was sent.
    pub(super) fn outcome(&self) -> Outcome {
        self.outcome
    }

    // ANCHOR: send-line
    /// Sends one text, or says why not and goes on; an "exit" that was sent is the last one.
    pub(super) fn send_line(
        &mut self,
        place: &Place,
        line: Line<'_>,
    ) -> anyhow::Result<ControlFlow<()>> {
        match line {
            Line::TooLong(length) => {
                self.refuse(place, &format!("it has {length} bytes, and a message holds {LONGEST}"))
            }
            Line::Whole(text) if text.contains(&0) => self.refuse(
                place,
                "it contains a NUL byte, at which the receiver would take it to end",
            ),
            Line::Whole(text) => {
                self.text.clear();
                self.text.extend_from_slice(text);
                self.text.push(0);
                self.send(place)?;
                for oddity in self.oddities.new_in(text) {
                    self.report(format_args!("{place} {oddity}"));
                }
                if text == b"exit" {
                    return Ok(ControlFlow::Break(()));
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    pub(super) fn refuse(&mut self, place: &Place, reason: &str) {
        self.report(format_args!("{place} was not sent: {reason}"));
        self.outcome = Outcome::Incomplete;
    }
    // ANCHOR_END: send-line

    /// Tells the user, without waiting for somebody to read it.
    pub(super) fn report(&mut self, what: impl fmt::Display) {
        self.reports.report(what);
    }

    // ANCHOR: send
    /// Sends the text in `self.text`. A full queue makes it wait.
    fn send(&mut self, place: &Place) -> anyhow::Result<()> {
        let (sender, message_type, text) = (&mut self.sender, self.message_type, &self.text);
        let sent = match sender.try_send(message_type, text) {
            Err(Errno::EAGAIN) => self.notice.during(place.to_string(), || {
                loop {
                    match sender.send(message_type, text) {
                        Err(Errno::EINTR) => {}
                        result => return result,
                    }
                }
            }),
            result => result,
        };
        match sent {
            Ok(()) => Ok(()),
            // Two causes, one errno. If the queue is still there, it is the length.
            Err(Errno::EINVAL) if Queue::open(self.key) == Ok(self.sender.queue()) => {
                let limit = message_limit();
                self.refuse(
                    place,
                    &format!(
                        "with its NUL it has {} bytes, and this system allows {limit} in a message: see /proc/sys/kernel/msgmax (EINVAL)",
                        self.text.len()
                    ),
                );
                Ok(())
            }
            Err(errno @ (Errno::EIDRM | Errno::EINVAL)) => Err(anyhow::anyhow!(
                "{place} was not delivered: the queue has been removed, so the server has stopped ({errno:?})"
            )),
            Err(errno) => {
                Err(failure(format!("{place} was not delivered"), explain::send(errno), errno))
            }
        }
    }
    // ANCHOR_END: send
}

/// Why a text has to wait, as far as one may look at the queue.
fn why_it_waits(queue: Queue, what: &str) -> String {
    match Status::of(queue) {
        Ok(status) if status.capacity == 0 => {
            format!("the queue is being shut down: {what} waits until it is gone, or opened again")
        }
        Ok(status) if status.messages == 0 => format!(
            "the queue is empty and {what} does not fit: the queue holds {} bytes in all, and has to be made larger by its owner",
            status.capacity
        ),
        _ => format!("the queue is full: {what} waits until the server has made room"),
    }
}

/// What `msgmax` is now, as text.
fn message_limit() -> String {
    fs::read_to_string("/proc/sys/kernel/msgmax")
        .map_or_else(|_| "fewer".to_owned(), |text| text.trim().to_owned())
}
