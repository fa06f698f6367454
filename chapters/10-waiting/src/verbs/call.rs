//! One call with a timeout.

use std::time::Duration;

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch10_waiting::{RecvTimeout, SendTimeout, explain};
use nix::errno::Errno;
use streams::{Failure, argument, stdout};

pub(crate) fn receive(id: &str, time: &str, number: Option<&str>) -> Result<(), Failure> {
    let queue: Queue = argument(id)?;
    let timeout = milliseconds(time)?;
    let select = match number {
        Some(number) => Select::Exactly(argument(number)?),
        None => Select::Any,
    };
    let mut output = stdout()?;
    let mut receiver = Receiver::new(queue);
    let message = match receiver.recv_timeout(select, timeout) {
        Ok(Some(message)) => message,
        Ok(None) => {
            return Err(Failure::new(format_args!("no message came within {time} ms")));
        }
        Err(errno) => return Err(failed("msgrcv", errno, ch05_receive::explain)),
    };
    let (message_type, bytes) = (message.message_type(), message.bytes());
    let line = format!("type {message_type}, {} bytes: \"{}\"", bytes.len(), bytes.escape_ascii());
    output
        .line(&line)
        .map_err(|error| Failure::output(&error).and(format_args!("taken was {line}")))
}

pub(crate) fn send(id: &str, time: &str, number: &str, text: &str) -> Result<(), Failure> {
    let queue: Queue = argument(id)?;
    let timeout = milliseconds(time)?;
    let message_type: MessageType = argument(number)?;
    let mut output = stdout()?;
    let bytes = [text.as_bytes(), b"\0"].concat();
    Sender::new(queue)
        .send_timeout(message_type, &bytes, timeout)
        .map_err(|errno| failed("msgsnd", errno, ch04_send::explain))?;
    let line = format!("sent type {message_type}, {} bytes", bytes.len());
    output.line(&line).map_err(|error| Failure::output(&error).and(line))
}

fn milliseconds(text: &str) -> Result<Duration, Failure> {
    let number = text.parse();
    number.map(Duration::from_millis).map_err(|_| {
        Failure::misuse(
            text,
            format_args!("a time is a whole number of milliseconds, 0 to {}", u64::MAX),
        )
    })
}

fn failed(call: &str, errno: Errno, otherwise: fn(Errno) -> &'static str) -> Failure {
    let reason = explain(errno).unwrap_or_else(|| otherwise(errno));
    Failure::new(format_args!("{call}: {reason} ({errno:?})"))
}
