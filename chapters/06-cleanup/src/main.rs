//! Step 6 by hand: shows the status of a queue, closes it or removes it.

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use ch02_create::Queue;
use ch06_cleanup::{Status, explain, remove};

const USAGE: &str = "\
usage: ch06 status ID    what the kernel knows of queue ID
       ch06 close ID     take no more messages, print the ones that wait, remove the queue
       ch06 remove ID    remove it at once, with what is in it";

fn main() -> ExitCode {
    let args: Result<Vec<String>, _> = env::args_os().skip(1).map(OsString::into_string).collect();
    let Ok(args) = args else {
        eprintln!("ch06: the arguments have to be UTF-8");
        return ExitCode::from(2);
    };
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let (verb, id) = match args[..] {
        ["-h" | "--help"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        [verb @ ("status" | "close" | "remove"), id] => (verb, id),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    let Ok(id) = id.parse() else {
        eprintln!("ch06: {id}: a queue id is a whole number, as ch02 and ipcs -q print it");
        return ExitCode::from(2);
    };
    let queue = Queue::from_id(id);
    let done = match verb {
        "status" => Status::of(queue).map(|status| print(&status)),
        "close" => close(queue),
        _ => remove(queue).map(|()| println!("queue {id} removed")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(errno) => {
            eprintln!("ch06: msgctl: {} ({errno:?})", explain(errno));
            ExitCode::FAILURE
        }
    }
}

fn print(status: &Status) {
    let (owner, group) = status.owner;
    println!("messages  {}", status.messages);
    println!("bytes     {}", status.bytes);
    println!("capacity  {}", status.capacity);
    println!("mode      {:03o}", status.mode.bits());
    println!("owner     uid {owner}, gid {group}");
    match status.last_sender {
        Some(pid) => println!("last sent by process {pid}"),
        None => println!("nothing sent yet"),
    }
    match status.last_receiver {
        Some(pid) => println!("last received by process {pid}"),
        None => println!("nothing received yet"),
    }
}

#[cfg(target_os = "linux")]
fn close(queue: Queue) -> nix::Result<()> {
    use std::io::{self, Write};

    ch06_cleanup::OwnedQueue::new(queue).close(|message| {
        // A failing output is no reason to stop half-way: what waits would stay behind a shut door.
        let _ = writeln!(
            io::stdout(),
            "type {}: \"{}\"",
            message.message_type(),
            message.bytes().escape_ascii()
        );
    })?;
    println!("queue {} closed", queue.id());
    Ok(())
}

/// Only Linux lets a queue have no capacity, which is how it is closed.
#[cfg(not(target_os = "linux"))]
fn close(_: Queue) -> nix::Result<()> {
    Err(nix::errno::Errno::ENOSYS)
}
