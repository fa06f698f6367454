//! Step 6 by hand: shows the status of a queue, closes it or removes it.

use std::process::ExitCode;

use ch02_create::Queue;
use ch06_cleanup::{Status, explain, remove};
use nix::errno::Errno;
use streams::{Failure, argument, program, stdout};

#[cfg(target_os = "linux")]
mod closing;

const USAGE: &str = "\
usage: ch06 status ID    what the kernel knows of queue ID
       ch06 close ID     take no more messages, print the ones that wait, remove the queue
       ch06 remove ID    remove it at once, with what is in it";

fn main() -> ExitCode {
    program("ch06", USAGE, |args| {
        let [verb @ ("status" | "close" | "remove"), id] = *args else {
            return Err(Failure::usage());
        };
        let queue: Queue = argument(id)?;
        let mut output = stdout()?;
        let last_line = match verb {
            "status" => Status::of(queue).map(described).map_err(refused)?,
            #[cfg(target_os = "linux")]
            "close" => closing::close(queue, &mut output)?,
            // Only Linux lets a queue have no capacity, which is how it is closed.
            #[cfg(not(target_os = "linux"))]
            "close" => return Err(refused(Errno::ENOSYS)),
            _ => {
                remove(queue).map(|()| format!("queue {} removed", queue.id())).map_err(refused)?
            }
        };
        output.line(&last_line).map_err(|error| match verb {
            "status" => Failure::output(&error),
            _ => Failure::output(&error).and(last_line),
        })
    })
}

fn refused(errno: Errno) -> Failure {
    Failure::new(format_args!("msgctl: {} ({errno:?})", explain(errno)))
}

fn described(status: Status) -> String {
    let (owner, group) = status.owner;
    let sent = status
        .last_sender
        .map_or_else(|| "nothing sent yet".to_owned(), |pid| format!("last sent by process {pid}"));
    let received = status.last_receiver.map_or_else(
        || "nothing received yet".to_owned(),
        |pid| format!("last received by process {pid}"),
    );
    [
        format!("messages  {}", status.messages),
        format!("bytes     {}", status.bytes),
        format!("capacity  {}", status.capacity),
        format!("mode      {:03o}", status.mode.bits()),
        format!("owner     uid {owner}, gid {group}"),
        sent,
        received,
    ]
    .join("\n")
}
