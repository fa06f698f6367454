//! The server of the dialogue.

use std::thread;

use ch16_shared_memory::{OwnedRing, Ring};
use nix::errno::Errno;
use nix::sys::signal::{SigSet, Signal};
use streams::{Failure, Output, stdout};
use sysv_mq::programs::{escape, is_ignored};

use super::shared::{failed, messages, shape};

/// Prints messages until one says "exit", or a signal asks for the end (SIGINT, SIGTERM, SIGHUP;
/// not one that was ignored when the program started).
/// Then the ring is closed, what has been accepted is printed, and the name is removed.
pub(crate) fn serve(name: &str) -> Result<(), Failure> {
    let mut output = stdout()?;
    let signals = [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP].into_iter();
    // Whoever typed `nohup`, or `&` in a script, has asked for that.
    let signals: SigSet = signals.filter(|signal| !is_ignored(*signal as i32)).collect();
    signals.thread_block().map_err(|errno| failed("cannot block signals", errno))?;
    let cannot = |errno| failed(format_args!("cannot serve the ring {name}"), errno);
    let (owned, waiting) = OwnedRing::serve(name, shape()).map_err(cannot)?;
    let found = match waiting {
        None => "created".to_owned(),
        Some(number) => format!("found, with {} waiting", messages(number)),
    };
    let left = |failure: Failure| match owned.ring().len() {
        Ok(number) => failure.and(format_args!("the ring {name} stays, with {}", messages(number))),
        Err(_) => failure,
    };
    output
        .line(format_args!("Server: Message queue {found}. Waiting for messages..."))
        .map_err(|error| left(Failure::output(&error)))?;
    let to_be_closed = Ring::open(name).map_err(cannot)?;
    thread::spawn(move || {
        if signals.wait().is_ok() {
            // It wakes the other thread, which finds the end after what has been accepted.
            let _ = to_be_closed.close();
        }
    });
    receive(owned.ring(), &mut output).map_err(left)?;
    match owned.remove() {
        Ok(()) => {}
        Err(Errno::ENOENT) => {
            return Err(Failure::new(format_args!(
                "the name {name} was removed by another program while this one served it (ENOENT)"
            )));
        }
        Err(errno) => return Err(failed(format_args!("cannot remove the ring {name}"), errno)),
    }
    output.line("Server shutting down...").map_err(|error| Failure::output(&error))
}

/// Prints messages until the ring is closed and empty.
fn receive(ring: &Ring, output: &mut Output) -> Result<(), Failure> {
    let mut message = Vec::new();
    loop {
        match ring.recv(&mut message) {
            Ok(()) => {}
            Err(Errno::EPIPE) => return Ok(()),
            Err(Errno::EINTR) => continue,
            Err(errno) => return Err(failed("cannot receive", errno)),
        }
        let mut line = b"Server received: ".to_vec();
        escape(&message, &mut line);
        let line = String::from_utf8_lossy(&line);
        output.line(&line).map_err(|error| {
            Failure::output(&error).and(format_args!("not shown was \"{line}\""))
        })?;
        if message == b"exit" {
            ring.close().map_err(|errno| failed("cannot close the ring", errno))?;
        }
    }
}
