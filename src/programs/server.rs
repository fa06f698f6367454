//! The server: owns the queue, prints what arrives, and loses nothing when it stops.

use clap::Parser;
use nix::errno::Errno;

use super::escape::escape;
use super::mailbox::{Mailbox, QueueOptions};
use super::options::KeyOptions;
use super::orders::Orders;
use super::output::{Halt, Output};
use super::requests::watch_signals;
use super::settle::Fate;
use super::shutdown::Shutdown;
use super::{Outcome, failure, tell};
use crate::{Key, Message, Queue, Receiver, Select, Status, explain};

/// Receives messages from a System V message queue and prints them.
///
/// Stops at a message "exit", at SIGINT (Ctrl-C), SIGTERM or SIGHUP: it then accepts nothing more,
/// prints what has been accepted, and removes the queue. SIGQUIT (Ctrl-\) ends it at once: it
/// prints what it has taken out of the queue and leaves the rest there, for the next server. What
/// it has taken and not printed yet is at most 4096 bytes of lines and one message: SIGKILL loses
/// no more. What standard output refuses goes to standard error; both on one full disk lose no more
/// either.
#[derive(Debug, Parser)]
#[command(name = "server", version)]
pub struct Options {
    #[command(flatten)]
    key: KeyOptions,

    #[command(flatten)]
    queue: QueueOptions,
}

/// Serves until it is asked to stop.
///
/// # Errors
///
/// A sentence for the user: the queue cannot be had, was removed by somebody else, or cannot be
/// read, or standard output cannot be written.
pub fn run(options: &Options) -> anyhow::Result<Outcome> {
    let stdout = streams::stdout()?;
    let key = options.key.key()?;
    // From here on a signal cannot end the program in the middle of something.
    let (sender, requests) = watch_signals()?;
    let orders = Orders::to_this_thread()?;
    let shutdown = Shutdown::spawn(sender, requests.clone(), orders.clone())?;
    let mut output = Output::new(stdout, orders);
    loop {
        let Some(mailbox) = Mailbox::open(key, &options.queue, &requests)? else {
            tell("server", "asked to stop before it had a queue");
            return Ok(Outcome::Done);
        };
        let (queue, waiting) = (mailbox.queue, mailbox.waiting);
        // From here on only a shutdown removes the queue: if the server fails, what waits in it
        // stays.
        shutdown.guard(mailbox);
        let served = serve(queue, &mut output, waiting, &shutdown);
        match (served, shutdown.fate()) {
            (Ok(_), Fate::Closed) => {
                output.line(|line| line.extend_from_slice(b"Server shutting down..."));
                return match output.flush() {
                    Ok(()) => Ok(Outcome::Done),
                    Err(halt) => Err(why(halt, "the message queue is closed")),
                };
            }
            (Ok(_), Fate::Removed { shutting_down: true }) => tell(
                "server",
                "the message queue was removed by the server that was shutting down: making a new one",
            ),
            (Ok(errno), Fate::Removed { .. }) => anyhow::bail!(
                "the message queue with key {key} was removed by another program, with whatever was still in it: start the server again to make a new one ({errno:?})"
            ),
            (Ok(errno), _) => {
                let tried = format!("cannot receive from the message queue with key {key}");
                return Err(failure(tried, explain::receive(errno), errno));
            }
            (Err(halt), fate) => return Err(why(halt, &what_became_of(queue, key, &fate))),
        }
    }
}

/// Greets, then prints messages until the queue gives no more; returns the kernel's word for why.
fn serve(
    queue: Queue,
    output: &mut Output,
    waiting: Option<usize>,
    shutdown: &Shutdown,
) -> Result<Errno, Halt> {
    greet(output, waiting)?;
    receive(&mut Receiver::new(queue), output, shutdown)
}

/// Why the server has ended without having closed its queue in order.
fn why(halt: Halt, fate: &str) -> anyhow::Error {
    match halt {
        Halt::Ordered => anyhow::anyhow!("stopped; {fate}"),
        Halt::Failed(error) => error.context(format!("stopped; {fate}")),
    }
}

fn what_became_of(queue: Queue, key: Key, fate: &Fate) -> String {
    let left = || match Status::of(queue) {
        Ok(status) => messages(status.messages),
        Err(_) => "what is in it".to_owned(),
    };
    match fate {
        Fate::Closed | Fate::Removed { .. } => format!("the message queue with key {key} is gone"),
        Fate::Stays => format!(
            "the message queue with key {key} stays, with {} for the next server",
            left()
        ),
        Fate::TakenOver => {
            "cannot close the message queue, which stays as it is: another server has taken it over (EBUSY)".to_owned()
        }
        Fate::Unclosable(errno) => format!(
            "cannot close the message queue, which stays as it is: {} ({errno:?})",
            explain::control(*errno)
        ),
    }
}

// ANCHOR: receive
/// Prints messages until the queue gives no more, and returns the kernel's word for why.
fn receive(
    receiver: &mut Receiver,
    output: &mut Output,
    shutdown: &Shutdown,
) -> Result<Errno, Halt> {
    loop {
        // Nothing is in our hands, and nothing is taken until it can be shown.
        output.wait_until_ready()?;
        let mut none_left = false;
        while !none_left && !output.is_full() {
            match receiver.try_recv(Select::Any) {
                Ok(Some(message)) => show(&message, output, shutdown),
                Ok(None) => none_left = true,
                Err(errno) => return output.flush().map(|()| errno),
            }
        }
        output.flush()?;
        if none_left {
            match receiver.recv(Select::Any) {
                Ok(message) => show(&message, output, shutdown),
                Err(Errno::EINTR) => continue,
                Err(errno) => return Ok(errno),
            }
            // At once: while we slept, the output may have become one that takes nothing.
            output.flush()?;
        }
    }
}

fn show(message: &Message<'_>, output: &mut Output, shutdown: &Shutdown) {
    output.line(|line| {
        line.extend_from_slice(b"Server received: ");
        escape(message.text(), line);
    });
    if message.text() == b"exit" {
        shutdown.request();
    }
}
// ANCHOR_END: receive

/// The first line, at once: whoever started the server waits for it.
fn greet(output: &mut Output, waiting: Option<usize>) -> Result<(), Halt> {
    let found = match waiting {
        None => "created".to_owned(),
        Some(waiting) => format!("found, with {} waiting", messages(waiting)),
    };
    output.line(|line| {
        line.extend_from_slice(
            format!("Server: Message queue {found}. Waiting for messages...").as_bytes(),
        );
    });
    output.flush()
}

fn messages(number: usize) -> String {
    match number {
        1 => "1 message".to_owned(),
        number => format!("{number} messages"),
    }
}
