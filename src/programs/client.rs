//! The client: sends what is typed, line by line.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::os::unix::ffi::OsStrExt;

use clap::Parser;
use nix::errno::Errno;

use super::line_sender::{LONGEST, LineSender, Place};
use super::lines::{Line, Lines};
use super::options::KeyOptions;
use super::output::write_failure;
use super::{Outcome, failure, io_failure};
use crate::{Key, MessageType, Mode, Queue, explain};

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
    #[arg(
        long = "type",
        value_name = "N",
        default_value = "1",
        allow_hyphen_values = true,
        value_parser = str::parse::<MessageType>
    )]
    message_type: MessageType,

    /// What to send, instead of lines from standard input
    #[arg(value_name = "MESSAGE")]
    messages: Vec<OsString>,
}

/// Sends what there is to send.
///
/// # Errors
///
/// A sentence for the user: there is no queue, it was removed half-way, or input or output failed.
pub fn run(options: &Options) -> anyhow::Result<Outcome> {
    let key = options.key.key()?;
    let mut sender = LineSender::new(key, connect(key)?, options.message_type);
    if options.messages.is_empty() {
        talk(&mut sender)?;
    } else {
        for (index, message) in options.messages.iter().enumerate() {
            let place = Place("message", index + 1);
            if sender
                .send_line(&place, whole(message.as_bytes()))?
                .is_break()
            {
                for left in index + 1..options.messages.len() {
                    sender.refuse(&Place("message", left + 1), "it stands behind \"exit\"");
                }
                break;
            }
        }
    }
    Ok(sender.outcome())
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

/// Sends lines from standard input until "exit" or the end.
fn talk(sender: &mut LineSender) -> anyhow::Result<()> {
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
        if sender.send_line(&Place("line", number), line)?.is_break() {
            break;
        }
    }
    say("Client exiting...\n")
}

/// A text longer than the limit is too long wherever it comes from.
fn whole(bytes: &[u8]) -> Line<'_> {
    if bytes.len() > LONGEST {
        Line::TooLong(bytes.len())
    } else {
        Line::Whole(bytes)
    }
}

/// Prints to standard output at once.
fn say(text: &str) -> anyhow::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
        .map_err(|error| write_failure(&error))
}
