//! A consumer that prints what it has as soon as it has it, to be killed in the midst of it.

use std::hint;
use std::time::{Duration, Instant};

use ch02_create::Queue;
use ch05_receive::explain;
use nix::errno::Errno;
use streams::{Failure, argument, stdout};

use super::way::WAYS;

/// Prints each message, and is then busy for so long, until the queue is removed.
pub(crate) fn take(way: &str, id: &str, microseconds: &str) -> Result<(), Failure> {
    let queue: Queue = argument(id)?;
    let busy = microseconds.parse().map(Duration::from_micros).map_err(|_| Failure::usage())?;
    let way = WAYS.iter().find(|known| known.name == way).ok_or_else(Failure::usage)?;
    let mut output = stdout()?;
    let mut next = (way.begin)(queue).map_err(failed)?;
    loop {
        let bytes = match next() {
            Ok(bytes) => bytes,
            Err(Errno::EIDRM) => return Ok(()),
            Err(errno) => return Err(failed(errno)),
        };
        let line = bytes.escape_ascii();
        output
            .line(&line)
            .map_err(|error| Failure::output(&error).and(format_args!("taken was {line}")))?;
        let begin = Instant::now();
        while begin.elapsed() < busy {
            hint::spin_loop();
        }
    }
}

fn failed(errno: Errno) -> Failure {
    let reason = ch10_waiting::explain(errno).unwrap_or_else(|| explain(errno));
    Failure::new(format_args!("msgrcv: {reason} ({errno:?})"))
}
