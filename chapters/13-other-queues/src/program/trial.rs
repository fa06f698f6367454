//! A child sends, this program receives.

use std::env;
use std::process::{Child, Command, ExitStatus};
use std::thread;
use std::time::Duration;

use ch13_other_queues::{HandOver, Role};
use nix::errno::Errno;
use streams::{Failure, Output, stdout};

use super::{failed, shown};

pub(super) fn trial<Q: HandOver>(texts: &[&str]) -> Result<(), Failure> {
    let mut output = stdout()?;
    let (sender, mut receiver) = Q::pair().map_err(failed::<Q>("cannot make a queue"))?;
    let mut child = start(sender, texts)?;
    let received = receive(&mut receiver, &mut child, &mut output);
    if received.is_err() {
        // It may be waiting for room that nobody makes any more. If it has ended, so much the better.
        let _ = child.kill();
    }
    let status = child.wait().map_err(Failure::new)?;
    received?;
    receiver.close().map_err(failed::<Q>("cannot close the queue"))?;
    match status.success() {
        true => Ok(()),
        false => Err(Failure::new(format_args!("the child that sends has failed ({status})"))),
    }
}

/// Starts a child with the sending end, and keeps none of it: only then is the end noticed.
fn start<Q: HandOver>(sender: Q, texts: &[&str]) -> Result<Child, Failure> {
    let program = env::current_exe().map_err(Failure::new)?;
    let mut command = Command::new(program);
    command.args(["send", Q::NAME]).args(texts);
    sender.give(&mut command, Role::Sender).map_err(failed::<Q>("cannot give the end away"))?;
    let child = command.spawn().map_err(Failure::new)?;
    sender.close().map_err(failed::<Q>("cannot close the end that was given away"))?;
    Ok(child)
}

/// Prints messages until the end is noticed, or until the child has ended and nothing is left.
fn receive<Q: HandOver>(
    receiver: &mut Q,
    child: &mut Child,
    output: &mut Output,
) -> Result<(), Failure> {
    let mut print = |line: &str| output.line(line).map_err(|error| Failure::output(&error));
    let mut ended: Option<ExitStatus> = None;
    loop {
        match receiver.try_recv() {
            Ok(Some(message)) => print(&shown(message))?,
            Ok(None) => return print("the end: no sender is left"),
            // The last look was after the child's end.
            Err(Errno::EAGAIN) if ended.is_some() => {
                return print("no sender is left, and nothing says so");
            }
            Err(Errno::EAGAIN) => {
                ended = child.try_wait().map_err(Failure::new)?;
                if ended.is_none() {
                    thread::sleep(Duration::from_millis(1));
                }
            }
            Err(errno) => return Err(failed::<Q>("cannot receive")(errno)),
        }
    }
}
