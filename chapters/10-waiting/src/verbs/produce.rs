//! A producer that sends texts, or its input line by line, with one of the policies.

use std::fmt::Display;
use std::io::{self, BufRead, BufReader};

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch10_waiting::{DropNewest, DropOldest, Fate, Policy, SlowDown, Spool, Wait, explain};
use nix::errno::Errno;
use streams::{Failure, argument, stdin, stdout};

/// What there is to send.
type Lines<'a> = Box<dyn Iterator<Item = Result<Vec<u8>, Failure>> + 'a>;

pub(crate) fn produce(id: &str, policy: &str, texts: &[&str]) -> Result<(), Failure> {
    let queue: Queue = argument(id)?;
    let mut lines: Lines = match texts {
        [] => Box::new(BufReader::new(stdin()?).split(b'\n').map(|line| line.map_err(unreadable))),
        texts => Box::new(texts.iter().map(|text| Ok(text.as_bytes().to_vec()))),
    };
    let mut output = stdout()?;
    let mut policy = named(policy, queue)?;
    let mut sender = Sender::new(queue);
    while let Some(line) = lines.next().transpose()? {
        let text = line.escape_ascii();
        let fate = policy
            .send(&mut sender, MessageType::ONE, &line)
            .map_err(|errno| failed(format_args!("\"{text}\""), errno))?;
        let report = match fate {
            Fate::Sent => format!("sent \"{text}\""),
            Fate::SentFor(dropped) => format!("sent \"{text}\", for {dropped} older"),
            Fate::Dropped => format!("dropped \"{text}\""),
            Fate::Kept => format!("kept \"{text}\""),
        };
        output.line(&report).map_err(|error| Failure::output(&error).and(report))?;
    }
    match policy.drain(&mut sender) {
        Ok(true) => Ok(()),
        Ok(false) => output.line(KEPT).map_err(|error| Failure::output(&error)),
        Err(errno) => Err(failed("the oldest kept message", errno)),
    }
}

const KEPT: &str = "messages are kept; produce with the same file again to send them";

fn failed(what: impl Display, errno: Errno) -> Failure {
    let reason = match errno {
        // Of dropping, not of waiting.
        Errno::EAGAIN => "it does not fit even into an empty queue, so nothing was dropped for it",
        other => explain(other).unwrap_or_else(|| ch04_send::explain(other)),
    };
    Failure::new(format_args!("{what} was not sent: {reason} ({errno:?})"))
}

fn named(policy: &str, queue: Queue) -> Result<Box<dyn Policy>, Failure> {
    Ok(match policy.split_once(':') {
        None if policy == "wait" => Box::new(Wait),
        None if policy == "drop-newest" => Box::new(DropNewest),
        None if policy == "drop-oldest" => Box::new(DropOldest::new(queue)),
        Some(("slow-down", percent)) => Box::new(SlowDown { mark: mark(percent)? }),
        Some(("spool", path)) => Box::new(Spool::open(path).map_err(|errno| {
            let reason = match errno {
                Errno::EBUSY => "another producer keeps its messages there; take another file",
                Errno::EBADMSG => "it is something else than messages; take another file",
                other => other.desc(),
            };
            Failure::new(format_args!(
                "cannot open {}: {reason} ({errno:?})",
                path.escape_default()
            ))
        })?),
        _ => return Err(Failure::usage()),
    })
}

fn mark(percent: &str) -> Result<f64, Failure> {
    match percent.parse::<u32>() {
        Ok(percent @ 0..=100) => Ok(f64::from(percent) / 100.0),
        _ => Err(Failure::misuse(percent, "a mark is a whole number of percent, 0 to 100")),
    }
}

fn unreadable(error: io::Error) -> Failure {
    Failure::new(format_args!("cannot read standard input: {}", streams::explain(&error)))
}
