//! The two sides as programs of their own, each with an end that it was given.

use std::io::{BufRead, BufReader};

use ch13_other_queues::{HandOver, Role};
use streams::{Failure, explain, stdin, stdout};

use super::{failed, shown};

pub(super) fn send<Q: HandOver>(texts: &[&str]) -> Result<(), Failure> {
    let mut queue = Q::take(Role::Sender).map_err(failed::<Q>("cannot open the queue"))?;
    for text in texts {
        queue.send(text.as_bytes()).map_err(failed::<Q>("cannot send"))?;
    }
    if texts.is_empty() {
        for line in BufReader::new(stdin()?).lines() {
            let line = line.map_err(|error| {
                Failure::new(format_args!("cannot read the input: {}", explain(&error)))
            })?;
            queue.send(line.as_bytes()).map_err(failed::<Q>("cannot send"))?;
        }
    }
    queue.close().map_err(failed::<Q>("cannot close the queue"))
}

pub(super) fn receive<Q: HandOver>() -> Result<(), Failure> {
    let mut output = stdout()?;
    let mut queue = Q::take(Role::Receiver).map_err(failed::<Q>("cannot open the queue"))?;
    while let Some(message) = queue.recv().map_err(failed::<Q>("cannot receive"))? {
        output.line(shown(message)).map_err(|error| Failure::output(&error))?;
    }
    output.line("the end").map_err(|error| Failure::output(&error))
}
