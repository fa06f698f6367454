//! The server: owns the queue, prints what arrives, and loses nothing when it stops.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use anyhow::Context;
use clap::Parser;
use nix::errno::Errno;

use super::escape::escape;
use super::mailbox::{Existing, Mailbox};
use super::options::{KeyOptions, parse_mode};
use super::output::Output;
use super::shutdown::{Shutdown, block_stop_signals};
use super::{Outcome, failure};
use crate::{Key, Mode, Queue, Receiver, Select, Status, explain};

/// Receives messages from a System V message queue and prints them.
///
/// Stops at a message "exit", at SIGINT (Ctrl-C) or at SIGTERM: it then accepts nothing more, prints
/// what has been accepted, and removes the queue.
#[derive(Debug, Parser)]
#[command(name = "server", version)]
pub struct Options {
    #[command(flatten)]
    key: KeyOptions,

    /// Who may read and write a new queue, in octal: 600 is you alone, 622 lets everyone write
    #[arg(
        long,
        value_name = "MODE",
        default_value = "600",
        allow_hyphen_values = true,
        value_parser = parse_mode
    )]
    mode: Mode,

    /// What to do about a queue that is there already
    #[arg(
        long,
        value_name = "WHAT",
        value_enum,
        allow_hyphen_values = true,
        default_value_t = Existing::Attach
    )]
    existing: Existing,
}

// ANCHOR: run
/// Serves until it is asked to stop.
///
/// # Errors
///
/// A sentence for the user: the queue cannot be had, was removed by somebody else, or cannot be read,
/// or standard output cannot be written.
pub fn run(options: &Options) -> anyhow::Result<Outcome> {
    // First of all: from here on a signal cannot end the program in the middle of something.
    let signals = block_stop_signals()?;
    let output = Arc::new(Mutex::new(Output::new()));
    let shutdown = Shutdown::on(signals, Arc::clone(&output))?;

    let key = options.key.key()?;
    let mailbox = Mailbox::open(key, options.mode, options.existing)?;
    let queue = mailbox.queue.queue();
    // From here on only a shutdown removes the queue: if the server fails, what waits in it stays.
    shutdown.guard(mailbox.queue);

    let errno = serve(queue, &output, mailbox.waiting)
        .and_then(|errno| lock(&output).flush().map(|()| errno))
        .with_context(|| format!("stopped; {}", what_becomes_of(queue, key, &shutdown)))?;
    if matches!(errno, Errno::EIDRM | Errno::EINVAL) {
        if shutdown.removed_the_queue() {
            let mut output = lock(&output);
            output.line(|line| line.extend_from_slice(b"Server shutting down..."))?;
            output.flush()?;
            return Ok(Outcome::Done);
        }
        anyhow::bail!(
            "the message queue with key {key} was removed by another program, with whatever was still in it: start the server again to make a new one ({errno:?})"
        );
    }
    let tried = format!("cannot receive from the message queue with key {key}");
    Err(failure(tried, explain::receive(errno), errno))
}
// ANCHOR_END: run

/// Greets, then prints messages until the queue gives no more; returns the kernel's word for why.
fn serve(queue: Queue, output: &Mutex<Output>, waiting: Option<usize>) -> anyhow::Result<Errno> {
    greet(&mut lock(output), waiting)?;
    receive(&mut Receiver::new(queue), output)
}

/// What happens to the queue of a server that cannot go on. A shutdown that has begun removes it
/// if nothing is left in it.
fn what_becomes_of(queue: Queue, key: Key, shutdown: &Shutdown) -> String {
    loop {
        match Status::of(queue) {
            Ok(status) if status.messages == 0 && shutdown.has_begun() => thread::yield_now(),
            Ok(status) => {
                return format!(
                    "the message queue with key {key} stays, with {} for the next server",
                    messages(status.messages)
                );
            }
            Err(_) => return format!("the message queue with key {key} is gone"),
        }
    }
}

// ANCHOR: receive
/// Prints messages until the queue gives no more, and returns the kernel's word for why.
fn receive(receiver: &mut Receiver, output: &Mutex<Output>) -> anyhow::Result<Errno> {
    loop {
        let message = match receiver.try_recv(Select::Any) {
            Ok(Some(message)) => Ok(message),
            // Nothing more for now: show what there is before falling asleep.
            Ok(None) => {
                lock(output).flush()?;
                receiver.recv(Select::Any)
            }
            Err(errno) => Err(errno),
        };
        match message {
            Ok(message) => {
                lock(output).line(|line| {
                    line.extend_from_slice(b"Server received: ");
                    escape(message.text(), line);
                })?;
                if message.text() == b"exit" {
                    Shutdown::request()?;
                }
            }
            Err(Errno::EINTR) => {}
            Err(errno) => return Ok(errno),
        }
    }
}
// ANCHOR_END: receive

/// The first line, at once: whoever started the server waits for it.
fn greet(output: &mut Output, waiting: Option<usize>) -> anyhow::Result<()> {
    let found = match waiting {
        None => "created".to_owned(),
        Some(waiting) => format!("found, with {} waiting", messages(waiting)),
    };
    output.line(|line| {
        line.extend_from_slice(
            format!("Server: Message queue {found}. Waiting for messages...").as_bytes(),
        );
    })?;
    output.flush()
}

fn messages(number: usize) -> String {
    match number {
        1 => "1 message".to_owned(),
        number => format!("{number} messages"),
    }
}

/// A thread that panicked while it held the lock has at worst left half a line.
fn lock(output: &Mutex<Output>) -> MutexGuard<'_, Output> {
    output.lock().unwrap_or_else(PoisonError::into_inner)
}
