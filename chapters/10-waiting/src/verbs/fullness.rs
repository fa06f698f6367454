//! A full queue, seen coming.

use ch02_create::Queue;
use ch06_cleanup::Status;
use ch10_waiting::Fullness;
use streams::{Failure, argument, stdout};

pub(crate) fn fullness(id: &str) -> Result<(), Failure> {
    let queue: Queue = argument(id)?;
    let mut output = stdout()?;
    let status = Status::of(queue).map_err(|errno| {
        Failure::new(format_args!("msgctl: {} ({errno:?})", ch06_cleanup::explain(errno)))
    })?;
    let Status { messages, bytes, capacity, .. } = status;
    let fullness = Fullness::from(&status);
    let received = match status.last_received.and_then(|last| last.elapsed().ok()) {
        Some(ago) => format!("{} s ago", ago.as_secs()),
        None => "never".to_owned(),
    };
    output
        .line(format_args!(
            "messages  {messages} of {capacity}, {:.0} %\nbytes     {bytes} of {capacity}, {:.0} %\n\
             received  {received}",
            100.0 * fullness.messages,
            100.0 * fullness.bytes
        ))
        .map_err(|error| Failure::output(&error))
}
