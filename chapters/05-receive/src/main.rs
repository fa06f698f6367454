//! Step 5 by hand: takes one message, or looks at one.

use std::process::ExitCode;

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch05_receive::{Message, Receiver, Select, explain};
#[cfg(not(target_os = "linux"))]
use nix::errno::Errno;
use streams::{Failure, Output, argument, program, stdout};

mod put_back;
use put_back::put_back;

const USAGE: &str = "\
usage: ch05 [--try] ID [WHICH]    take one message out of queue ID; --try does not wait
       ch05 --peek ID [PLACE]     look at the message at PLACE (0, the oldest) and leave it
WHICH: any (the oldest), N (the oldest of type N), not:N (of any other type),
       upto:N (the lowest type, N at most)";

fn main() -> ExitCode {
    program("ch05", USAGE, |args| match *args {
        ["--peek", id] => look(argument(id)?, "0"),
        ["--peek", id, place] => look(argument(id)?, place),
        ["--try", id] => take(argument(id)?, "any", Receiver::try_recv),
        ["--try", id, which] => take(argument(id)?, which, Receiver::try_recv),
        ["--try" | "--peek", ..] => Err(Failure::usage()),
        [id] => take(argument(id)?, "any", wait),
        [id, which] => take(argument(id)?, which, wait),
        _ => Err(Failure::usage()),
    })
}

fn look(queue: Queue, place: &str) -> Result<(), Failure> {
    let place = place.parse().map_err(|_| Failure::usage())?;
    let mut output = stdout()?;
    let mut receiver = Receiver::new(queue);
    let message = found(peek(&mut receiver, place))?;
    print(&mut output, message)
}

/// How to receive: `None` if there is no such message and the call does not wait.
type Receive = for<'r> fn(&'r mut Receiver, Select) -> nix::Result<Option<Message<'r>>>;

fn wait(receiver: &mut Receiver, select: Select) -> nix::Result<Option<Message<'_>>> {
    receiver.recv(select).map(Some)
}

fn take(queue: Queue, which: &str, receive: Receive) -> Result<(), Failure> {
    let select = select(which).ok_or_else(Failure::usage)?;
    let mut output = stdout()?;
    let mut receiver = Receiver::new(queue);
    let message = found(receive(&mut receiver, select))?;
    print(&mut output, message)
        .map_err(|failure| failure.and(put_back(queue, message.message_type(), message.bytes())))
}

fn found(received: nix::Result<Option<Message<'_>>>) -> Result<Message<'_>, Failure> {
    match received {
        Ok(Some(message)) => Ok(message),
        Ok(None) => Err(Failure::new("no such message is in the queue now (ENOMSG)")),
        Err(errno) => Err(Failure::new(format_args!("msgrcv: {} ({errno:?})", explain(errno)))),
    }
}

fn print(output: &mut Output, message: Message<'_>) -> Result<(), Failure> {
    let (message_type, bytes) = (message.message_type(), message.bytes());
    output
        .line(format_args!(
            "type {message_type}, {} bytes: \"{}\"",
            bytes.len(),
            bytes.escape_ascii()
        ))
        .map_err(|error| Failure::output(&error))
}

#[cfg(target_os = "linux")]
fn peek(receiver: &mut Receiver, place: usize) -> nix::Result<Option<Message<'_>>> {
    receiver.peek(place)
}

/// Only Linux can look at a message without taking it.
#[cfg(not(target_os = "linux"))]
fn peek(_: &mut Receiver, _: usize) -> nix::Result<Option<Message<'_>>> {
    Err(Errno::ENOSYS)
}

fn select(which: &str) -> Option<Select> {
    let number = |text: &str| text.parse::<MessageType>().ok();
    match which.split_once(':') {
        #[cfg(target_os = "linux")]
        Some(("not", text)) => number(text).map(Select::AllBut),
        Some(("upto", text)) => number(text).map(Select::UpTo),
        Some(_) => None,
        None if which == "any" => Some(Select::Any),
        None => number(which).map(Select::Exactly),
    }
}
