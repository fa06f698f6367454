//! The client: sends each line as a message, and says so when one could not be sent.

use std::ffi::OsString;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::os::unix::ffi::OsStrExt;

use clap::Parser;
use nix::errno::Errno;

use super::lines::{Line, Lines};
use super::options::KeyOptions;
use super::output::write_failure;
use super::patience::Patience;
use super::{Outcome, failure, io_failure, tell};
use crate::{Key, MessageType, Mode, Queue, Sender, Status, explain};

/// Sends lines, or its arguments, as messages to a System V message queue.
///
/// A line is sent as its bytes and a NUL: at most 255 bytes, since C programs hold 256. "exit" stops
/// the server and ends the client; the end of input ends the client alone.
#[derive(Debug, Parser)]
#[command(name = "client", version)]
pub struct Options {
    #[command(flatten)]
    key: KeyOptions,

    /// The type of the messages, 1 or more; receivers can choose by it
    #[arg(long = "type", value_name = "N", default_value = "1", value_parser = str::parse::<MessageType>)]
    message_type: MessageType,

    /// What to send, instead of lines from standard input
    #[arg(value_name = "MESSAGE")]
    messages: Vec<OsString>,
}

/// The longest text: a C program's 256 bytes, less one for the NUL.
const LONGEST: usize = 255;

/// Sends what there is to send.
///
/// # Errors
///
/// A sentence for the user: there is no queue, it was removed half-way, or input or output failed.
pub fn run(options: &Options) -> anyhow::Result<Outcome> {
    let key = options.key.key()?;
    let queue = connect(key)?;
    let mut post = Post {
        key,
        sender: Sender::new(queue),
        message_type: options.message_type,
        text: Vec::with_capacity(LONGEST + 1),
        patience: Patience::new(move |what| tell("client", why_it_waits(queue, what))),
        outcome: Outcome::Done,
    };
    if options.messages.is_empty() {
        post.talk()?;
    } else {
        for (index, message) in options.messages.iter().enumerate() {
            let place = Place("message", index + 1);
            if post.accept(&place, whole(message.as_bytes()))? == Next::Exit {
                for left in index + 1..options.messages.len() {
                    post.refuse(&Place("message", left + 1), "it stands behind \"exit\"");
                }
                break;
            }
        }
    }
    Ok(post.outcome)
}

/// Finds the server's queue, and asks at once whether writing is allowed.
fn connect(key: Key) -> anyhow::Result<Queue> {
    Queue::open_for(key, Mode::S_IWUSR).map_err(|errno| match errno {
        Errno::ENOENT => anyhow::anyhow!(
            "there is no message queue with key {key} ({}): is the server running? Start it first, with the same --key or --file (ENOENT)",
            key.raw()
        ),
        errno => {
            let tried = format!("cannot open the message queue with key {key}");
            failure(tried, explain::create(errno), errno)
        }
    })
}

/// A text longer than the limit is too long wherever it comes from.
fn whole(bytes: &[u8]) -> Line<'_> {
    if bytes.len() > LONGEST {
        Line::TooLong(bytes.len())
    } else {
        Line::Whole(bytes)
    }
}

/// Where a text comes from, as the user counts: "line 3".
struct Place(&'static str, usize);

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.0, self.1)
    }
}

/// What happens after a text.
#[derive(PartialEq, Eq)]
enum Next {
    GoOn,
    Exit,
}

/// The client at work.
struct Post {
    key: Key,
    sender: Sender,
    message_type: MessageType,
    /// The text and its NUL, as they are sent.
    text: Vec<u8>,
    patience: Patience,
    outcome: Outcome,
}

impl Post {
    /// Sends lines from standard input until "exit" or the end.
    fn talk(&mut self) -> anyhow::Result<()> {
        let stdin = io::stdin().lock();
        let interactive = stdin.is_terminal();
        say("Client: Connected to message queue. Type your messages (type 'exit' to quit):\n")?;
        let mut lines = Lines::new(stdin, LONGEST);
        for number in 1.. {
            if interactive {
                say("> ")?;
            }
            let line = lines
                .next_line()
                .map_err(|error| io_failure("cannot read standard input", &error))?;
            let Some(line) = line else {
                if interactive {
                    say("\n")?;
                }
                break;
            };
            if self.accept(&Place("line", number), line)? == Next::Exit {
                break;
            }
        }
        say("Client exiting...\n")
    }

    // ANCHOR: accept
    /// Sends one text, or says why not and goes on.
    fn accept(&mut self, place: &Place, line: Line<'_>) -> anyhow::Result<Next> {
        match line {
            Line::TooLong(length) => self.refuse(
                place,
                &format!("it has {length} bytes, and a message holds {LONGEST}"),
            ),
            Line::Whole(text) if text.contains(&0) => self.refuse(
                place,
                "it contains a NUL byte, at which the receiver would take it to end",
            ),
            Line::Whole(text) => {
                self.text.clear();
                self.text.extend_from_slice(text);
                self.text.push(0);
                self.send(place)?;
                if text == b"exit" {
                    return Ok(Next::Exit);
                }
            }
        }
        Ok(Next::GoOn)
    }

    fn refuse(&mut self, place: &Place, reason: &str) {
        tell("client", format_args!("{place} was not sent: {reason}"));
        self.outcome = Outcome::Incomplete;
    }
    // ANCHOR_END: accept

    // ANCHOR: send
    /// Sends the text in `self.text`. A full queue makes it wait.
    fn send(&mut self, place: &Place) -> anyhow::Result<()> {
        let (sender, message_type, text) = (&mut self.sender, self.message_type, &self.text);
        let sent = match sender.try_send(message_type, text) {
            Err(Errno::EAGAIN) => self.patience.during(place.to_string(), || {
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
            Err(errno) => Err(failure(
                format!("{place} was not delivered"),
                explain::send(errno),
                errno,
            )),
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

/// Prints to standard output at once.
fn say(text: &str) -> anyhow::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
        .map_err(|error| write_failure(&error))
}
