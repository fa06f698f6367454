//! The client of the dialogue.

use std::io::{BufReader, IsTerminal, Write};
use std::os::fd::AsFd;

use ch16_shared_memory::Ring;
use nix::errno::Errno;
use streams::{Failure, Output, report, stdin, stdout};
use sysv_mq::programs::{Line, Lines};

use super::shared::{failed, open};

/// Sends lines until one says "exit", or the input ends.
pub(crate) fn talk(name: &str) -> Result<(), Failure> {
    let (input, mut output) = (stdin()?, stdout()?);
    let ring = open(name)?;
    let longest = ring.shape().longest() as usize;
    let is_terminal = input.as_fd().is_terminal();
    say(
        &mut output,
        "Client: Connected to message queue. Type your messages (type 'exit' to quit):\n",
    )?;
    let mut lines = Lines::new(BufReader::new(input), longest, is_terminal);
    let mut left_out = 0;
    for number in 1.. {
        if is_terminal {
            say(&mut output, "> ")?;
        }
        let line = lines.next_line().map_err(|error| {
            Failure::new(format_args!("cannot read standard input: {}", streams::explain(&error)))
        })?;
        match line {
            None if is_terminal => say(&mut output, "\n")?,
            None => {}
            Some(Line::TooLong(length)) => {
                left_out += 1;
                report(format_args!(
                    "ch16: line {number} was not sent: it has {length} bytes, and a message holds {longest}"
                ));
                continue;
            }
            Some(Line::Whole(text)) => {
                send(&ring, text).map_err(|errno| {
                    failed(format_args!("line {number} was not delivered"), errno)
                })?;
                if text != b"exit" {
                    continue;
                }
            }
        }
        break;
    }
    say(&mut output, "Client exiting...\n")?;
    match left_out {
        0 => Ok(()),
        1 => Err(Failure::new("1 line was not sent, see above")),
        lines => Err(Failure::new(format_args!("{lines} lines were not sent, see above"))),
    }
}

fn send(ring: &Ring, text: &[u8]) -> nix::Result<()> {
    loop {
        match ring.send(text) {
            Err(Errno::EINTR) => {}
            sent => return sent,
        }
    }
}

fn say(output: &mut Output, text: &str) -> Result<(), Failure> {
    output.write_all(text.as_bytes()).map_err(|error| Failure::output(&error))
}
