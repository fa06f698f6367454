//! How many queues there can be at the same time.

use ch13_other_queues::MessageQueue;
use streams::{Failure, stdout};

use super::failed;

pub(super) fn many<Q: MessageQueue>(count: usize) -> Result<(), Failure> {
    let mut output = stdout()?;
    let mut queues = Vec::new();
    let refused = loop {
        if queues.len() == count {
            break None;
        }
        match Q::pair() {
            Ok(queue) => queues.push(queue),
            Err(errno) => break Some(errno),
        }
    };
    let made = queues.len();
    drop(queues);
    output
        .line(format_args!("{made} queues at the same time; they have been removed again"))
        .map_err(|error| Failure::output(&error))?;
    match refused {
        None => Ok(()),
        Some(errno) => Err(failed::<Q>(&format!("queue {}", made + 1))(errno)),
    }
}
