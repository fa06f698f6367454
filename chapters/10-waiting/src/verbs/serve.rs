//! A program that waits for two things at once: a queue, and whoever connects to a socket.

mod client;
mod socket;

use std::fmt::Display;
use std::os::fd::{AsFd, BorrowedFd};

use ch02_create::Queue;
use ch05_receive::Select;
use ch06_cleanup::Status;
use ch10_waiting::Inbox;
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{SigSet, Signal};
use nix::sys::signalfd::{SfdFlags, SignalFd};
use streams::{Failure, Output, argument, stdout};

use self::client::Client;
use self::socket::Socket;
use super::shared::failed;

/// More have to wait until one of these has gone.
const CLIENTS: usize = 64;
/// So much is taken out of the queue before it is somebody else's turn.
const MESSAGES: usize = 64;

pub(crate) fn serve(id: &str, path: &str) -> Result<(), Failure> {
    let queue: Queue = argument(id)?;
    let mut output = stdout()?;
    Status::of(queue).map_err(failed)?; // it is there, and may be read
    let signals = stop_signals()?;
    let socket = Socket::bind(path)?;
    let inbox = Inbox::new(queue, Select::Any).map_err(failed)?;
    print(&mut output, format_args!("serving queue {id} and socket {path}"))?;

    let mut server = Server { inbox, output: &mut output, clients: Vec::new(), connected: 0 };
    let served = server.run(&signals, &socket);
    // Whatever ended it: what has come by now is printed.
    let finished = server.finish();
    let signal = served?;
    finished?;
    print(&mut output, format_args!("stopped by {signal}"))
}

struct Server<'a> {
    inbox: Inbox,
    output: &'a mut Output,
    clients: Vec<Client>,
    /// How many have been here: the number of the last one.
    connected: usize,
}

impl Server<'_> {
    // ANCHOR: loop
    /// Serves whoever has something, until a signal asks for the end.
    fn run(&mut self, signals: &SignalFd, socket: &Socket) -> Result<Signal, Failure> {
        loop {
            let mut waiting = vec![signals.as_fd(), self.inbox.as_fd()];
            waiting.extend(self.clients.iter().map(Client::as_fd));
            if self.clients.len() < CLIENTS {
                waiting.push(socket.as_fd());
            }
            let ready = wait_for(&waiting).map_err(failed)?;

            if ready[0] {
                if let Some(signal) = signals.read_signal().map_err(failed)? {
                    return Ok(Signal::try_from(signal.ssi_signo as i32).expect("one of ours"));
                }
            }
            if ready[1] {
                self.take_messages()?;
            }
            let clients = self.clients.len();
            self.read_lines(&ready[2..2 + clients])?;
            if ready.get(2 + clients) == Some(&true) {
                self.accept(socket)?;
            }
        }
    }

    /// Prints what is in the queue, but not forever: the descriptor stays readable.
    fn take_messages(&mut self) -> Result<(), Failure> {
        for _ in 0..MESSAGES {
            let queue = self.inbox.queue();
            let message = match self.inbox.try_recv() {
                Ok(Some(message)) => message,
                Ok(None) => return Ok(()),
                // EINVAL: it was removed when nobody slept in a call on it.
                Err(errno @ (Errno::EIDRM | Errno::EINVAL)) => return Err(removed(queue, errno)),
                Err(errno) => return Err(failed(errno)),
            };
            let (message_type, bytes) = (message.message_type(), message.bytes().escape_ascii());
            let line = format!("queue: type {message_type}: \"{bytes}\"");
            print(self.output, line)?;
        }
        Ok(())
    }
    // ANCHOR_END: loop

    /// Reads once from each client that has sent something, and forgets those that have gone.
    fn read_lines(&mut self, ready: &[bool]) -> Result<(), Failure> {
        let mut ready = ready.iter();
        let mut done = Ok(());
        self.clients.retain_mut(|client| {
            let is_ready = *ready.next().expect("each has been waited for");
            if !is_ready || done.is_err() {
                return true;
            }
            let is_open = client.read(|line| print(self.output, line));
            is_open.unwrap_or_else(|failure| {
                done = Err(failure);
                true
            })
        });
        done
    }

    fn accept(&mut self, socket: &Socket) -> Result<(), Failure> {
        if let Some(stream) = socket.accept()? {
            self.connected += 1;
            self.clients.push(Client::new(self.connected, stream));
        }
        Ok(())
    }

    /// Prints what is in hand: an empty message, and what the clients have sent so far.
    fn finish(self) -> Result<(), Failure> {
        let Server { inbox, output, clients, .. } = self;
        let mut done = inbox.stop().map_err(failed).and_then(|in_hand| match in_hand {
            Some(message_type) => print(output, format_args!("queue: type {message_type}: \"\"")),
            None => Ok(()),
        });
        for client in clients {
            done = done.and(client.finish(|line| print(output, line)));
        }
        done
    }
}

/// SIGINT, SIGTERM and SIGHUP, which from now on can be waited for like a message.
fn stop_signals() -> Result<SignalFd, Failure> {
    let mut signals = SigSet::empty();
    signals.add(Signal::SIGINT);
    signals.add(Signal::SIGTERM);
    signals.add(Signal::SIGHUP);
    signals.thread_block().map_err(failed)?;
    SignalFd::with_flags(&signals, SfdFlags::SFD_CLOEXEC | SfdFlags::SFD_NONBLOCK).map_err(failed)
}

/// Waits until one of the descriptors is readable or has come to its end; says which.
fn wait_for(descriptors: &[BorrowedFd<'_>]) -> nix::Result<Vec<bool>> {
    let mut polled: Vec<_> =
        descriptors.iter().map(|each| PollFd::new(*each, PollFlags::POLLIN)).collect();
    while let Err(errno) = poll(&mut polled, PollTimeout::NONE) {
        if errno != Errno::EINTR {
            return Err(errno);
        }
    }
    Ok(polled.iter().map(|each| each.any().unwrap_or(true)).collect())
}

fn print(output: &mut Output, line: impl Display) -> Result<(), Failure> {
    output.line(&line).map_err(|error| {
        Failure::output(&error).and(format_args!("what was to be printed is {line}"))
    })
}

fn removed(queue: Queue, errno: Errno) -> Failure {
    let id = queue.id();
    Failure::new(format_args!("queue {id} was removed; nobody can send to it any more ({errno:?})"))
}
