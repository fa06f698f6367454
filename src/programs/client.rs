//! The client: sends what is typed, line by line.

use std::ffi::OsString;
use std::io::{self, BufReader, IsTerminal};
use std::os::fd::AsFd;
use std::os::unix::ffi::OsStrExt;

use clap::Parser;
use nix::errno::Errno;
use nix::sys::termios::{LocalFlags, tcgetattr};
use nix::unistd::Uid;
use streams::Input;

use super::line_sender::{LONGEST, LineSender, Place};
use super::lines::{Line, Lines};
use super::options::KeyOptions;
use super::screen::Screen;
use super::{Outcome, failure, owners};
use crate::{Key, MessageType, Mode, Queue, explain};

/// Sends lines, or its arguments, as messages to a System V message queue.
///
/// A line is sent as its bytes and a NUL: at most 255 bytes, since C programs hold 256. "exit"
/// stops the server and ends the client; the end of input ends the client alone.
#[derive(Debug, Parser)]
#[command(
    name = "client",
    version,
    after_help = "Exit status: 0 if all was sent, 1 if something failed, 2 if the command line is wrong."
)]
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

    /// Send only if this user, a name or a number, has made the queue and owns it
    #[arg(
        long,
        value_name = "USER",
        allow_hyphen_values = true,
        value_parser = owners::parse_user
    )]
    owner: Option<Uid>,

    /// What to send, instead of lines from standard input
    #[arg(value_name = "MESSAGE")]
    messages: Vec<OsString>,
}

/// Sends what there is to send.
///
/// # Errors
///
/// A sentence for the user: there is no queue, or not the demanded user's, it was removed half-way,
/// or input or output failed.
pub fn run(options: &Options) -> anyhow::Result<Outcome> {
    let key = options.key.key()?;
    if !options.messages.is_empty() {
        let mut sender = connect(key, options)?;
        send_arguments(&mut sender, &options.messages)?;
        return Ok(sender.outcome());
    }
    // Before anything is sent: what cannot be read or shown is known now.
    let (input, output) = (streams::stdin()?, Screen::new()?);
    let mut sender = connect(key, options)?;
    talk(&mut sender, input, output)?;
    Ok(sender.outcome())
}

fn send_arguments(sender: &mut LineSender, messages: &[OsString]) -> anyhow::Result<()> {
    let mut messages = (1..).zip(messages);
    for (number, message) in &mut messages {
        let place = Place("message", number);
        if sender.send_line(&place, whole(message.as_bytes()))?.is_break() {
            break;
        }
    }
    for (number, _) in messages {
        sender.refuse(&Place("message", number), "it comes after \"exit\"");
    }
    Ok(())
}

/// Finds the server's queue, asks at once whether writing is allowed, and looks whose it is.
fn connect(key: Key, options: &Options) -> anyhow::Result<LineSender> {
    let queue = open(key)?;
    let whose = owners::check(key, queue, options.owner)?;
    let mut sender = LineSender::new(key, queue, options.message_type);
    if let Some(whose) = whose {
        sender.report(whose);
    }
    Ok(sender)
}

fn open(key: Key) -> anyhow::Result<Queue> {
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
fn talk(sender: &mut LineSender, input: Input, mut output: Screen) -> anyhow::Result<()> {
    let interactive = input.as_fd().is_terminal();
    let by_line = hands_over_lines(&input);
    output
        .say("Client: Connected to message queue. Type your messages (type 'exit' to quit):\n")?;
    let mut lines = Lines::new(BufReader::new(input), LONGEST, by_line);
    for number in 1.. {
        if interactive {
            output.say("> ")?;
        }
        let Some(line) = lines.next_line().map_err(|error| read_failure(&error))? else {
            if interactive {
                output.say("\n")?;
            }
            break;
        };
        if sender.send_line(&Place("line", number), line)?.is_break() {
            break;
        }
        if lines.cursor_is_in_line() {
            output.say("\n")?;
        }
    }
    output.say("Client exiting...\n")
}

/// Whether it is a terminal that edits lines: then Ctrl-D after some text hands that over.
fn hands_over_lines(input: &Input) -> bool {
    tcgetattr(input).is_ok_and(|terminal| terminal.local_flags.contains(LocalFlags::ICANON))
}

fn read_failure(error: &io::Error) -> anyhow::Error {
    anyhow::anyhow!("cannot read standard input: {}", streams::explain(error))
}

/// A text longer than the limit is too long wherever it comes from.
fn whole(bytes: &[u8]) -> Line<'_> {
    if bytes.len() > LONGEST { Line::TooLong(bytes.len()) } else { Line::Whole(bytes) }
}
