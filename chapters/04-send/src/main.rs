//! Step 4 by hand: sends its arguments, one message each.

use std::process::ExitCode;

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::{Sender, explain};
use streams::{Failure, argument, program, stdout};

const USAGE: &str = "\
usage: ch04 ID TYPE TEXT...         send each TEXT and a NUL to queue ID; wait for room
       ch04 --try ID TYPE TEXT...   do not wait";

fn main() -> ExitCode {
    program("ch04", USAGE, |args| match args {
        ["--try", args @ ..] => send(args, Sender::try_send),
        args => send(args, Sender::send),
    })
}

/// One of the two methods of [`Sender`].
type Send = fn(&mut Sender, MessageType, &[u8]) -> nix::Result<()>;

fn send(args: &[&str], send: Send) -> Result<(), Failure> {
    let [id, number, texts @ ..] = args else {
        return Err(Failure::usage());
    };
    if texts.is_empty() {
        return Err(Failure::usage());
    }
    let queue: Queue = argument(id)?;
    let message_type: MessageType = argument(number)?;

    let mut output = stdout()?;
    let mut sender = Sender::new(queue);
    for (place, text) in (1..).zip(texts) {
        let bytes = [text.as_bytes(), b"\0"].concat();
        send(&mut sender, message_type, &bytes).map_err(|errno| {
            Failure::new(format_args!(
                "msgsnd: \"{}\" was not sent: {} ({errno:?})",
                text.escape_default(),
                explain(errno)
            ))
        })?;
        output.line(format_args!("sent type {message_type}, {} bytes", bytes.len())).map_err(
            |error| {
                let left = texts.len() - place;
                Failure::output(&error).and(format_args!(
                    "\"{}\" was sent, those after it ({left}) were not",
                    text.escape_default()
                ))
            },
        )?;
    }
    Ok(())
}
