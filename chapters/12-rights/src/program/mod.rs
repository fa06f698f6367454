//! What the program does: a file for each of its parts.

mod change;
mod guest;
mod limits;
mod list;
mod people;
mod send;
mod serve;
mod show;

use ch02_create::Queue;
use nix::errno::Errno;
use streams::{Failure, argument, stdout};

pub(crate) const USAGE: &str = "\
usage: ch12 list                       all queues, also those that you may not read
       ch12 show ID                    what is known of queue ID
       ch12 limits                     what the system allows, and what is in use
       ch12 find KEY USER              the queue with this key, if USER has made it
       ch12 give ID USER[:GROUP]       give queue ID to a user, and to a group
       ch12 allow ID MODE              who may read and write: three octal digits
       ch12 capacity ID BYTES          how much it may hold; 0 shuts it
       ch12 open ID BYTES              the same, also if somebody has shut it
       ch12 serve SOCKET               hand out a queue to each user who connects; print what comes
       ch12 send SOCKET USER TEXT      send TEXT to the server at SOCKET, if USER runs it";

pub(crate) fn run(args: &[&str]) -> Result<(), Failure> {
    match *args {
        ["list"] => print(list::list),
        ["limits"] => print(limits::limits),
        ["show", id] => {
            let queue = argument(id)?;
            print(|| show::show(queue))
        }
        ["find", key, user] => {
            let (key, user) = (argument(key)?, people::user(user)?);
            print(|| show::find(key, user))
        }
        [verb @ ("give" | "allow" | "capacity" | "open"), id, value] => {
            let queue: Queue = argument(id)?;
            let settings = change::settings(verb, value)?;
            let mut output = stdout()?;
            let done = change::change(queue, &settings)?;
            output.line(&done).map_err(|error| Failure::output(&error).and(done))
        }
        ["serve", socket] => serve::serve(socket, stdout()?),
        ["send", socket, user, text] => send::send(socket, people::user(user)?, text),
        _ => Err(Failure::usage()),
    }
}

/// Prints what was found out, to an output that was looked at before.
fn print(find: impl FnOnce() -> Result<String, Failure>) -> Result<(), Failure> {
    let mut output = stdout()?;
    output.line(find()?).map_err(|error| Failure::output(&error))
}

fn refused(call: &str, errno: Errno) -> Failure {
    Failure::new(format_args!("{call}: {} ({errno:?})", ch12_rights::explain(errno)))
}
