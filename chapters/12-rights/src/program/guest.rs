//! One guest of the server, from connecting to hanging up.

use std::io::{self, Read};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use ch02_create::Queue;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::{OwnedQueue, remove};
use ch12_rights::hand_out;
use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use streams::{Failure, Output, explain, report};

use super::people::user_name;

/// What the guests have in common: one output, which can fail.
pub(super) struct Desk {
    output: Mutex<Output>,
    failure: Mutex<Option<Failure>>,
}

impl Desk {
    pub(super) fn new(output: Output) -> Desk {
        Desk { output: Mutex::new(output), failure: Mutex::new(None) }
    }

    /// Says whether all lines could be printed.
    pub(super) fn close(self) -> Result<(), Failure> {
        self.failure.into_inner().expect("no panic under this lock").map_or(Ok(()), Err)
    }

    /// Prints a line; if that fails, the server stops.
    pub(super) fn line(&self, line: &str) {
        let written = self.output.lock().expect("no panic under this lock").line(line);
        if let Err(error) = written {
            let mut failure = self.failure.lock().expect("no panic under this lock");
            let before = failure.take().unwrap_or_else(|| Failure::output(&error));
            *failure = Some(before.and(format_args!("not printed: {line}")));
            // The main thread waits for signals.
            let _ = kill(Pid::this(), Signal::SIGTERM);
        }
    }

    /// Hands out a queue and prints what comes, until the guest hangs up and it is empty.
    pub(super) fn attend(&self, stream: &UnixStream) {
        let (user, queue) = match hand_out(stream) {
            Ok(handed_out) => handed_out,
            // Gone again already.
            Err(Errno::EPIPE) => return,
            Err(errno) => {
                return report(format_args!(
                    "ch12: no queue for a guest: {} ({errno:?})",
                    ch02_create::explain(errno)
                ));
            }
        };
        let (name, id) = (user_name(user), queue.queue());
        let receiving = AtomicBool::new(true);
        thread::scope(|scope| {
            let started = thread::Builder::new().spawn_scoped(scope, || {
                let end = self.receive(id, &name);
                receiving.store(false, Ordering::Release);
                // Wakes the other thread. If the guest has hung up already, it is awake.
                let _ = stream.shutdown(Shutdown::Both);
                if !matches!(end, Errno::EIDRM | Errno::EINVAL) {
                    report(format_args!(
                        "ch12: {name}'s queue: {} ({end:?})",
                        ch05_receive::explain(end)
                    ));
                }
            });
            match started {
                Ok(_) => until_the_end(stream),
                // Nobody receives, so closing does not wait; the guest is hung up on.
                Err(error) => {
                    receiving.store(false, Ordering::Release);
                    let _ = stream.shutdown(Shutdown::Both);
                    report(no_thread(&error));
                }
            }
            close(queue, &receiving);
        });
    }

    /// Prints what comes, until that is no longer possible.
    fn receive(&self, queue: Queue, name: &str) -> Errno {
        let mut receiver = Receiver::new(queue);
        loop {
            match receiver.recv(Select::Any) {
                Ok(message) => {
                    self.line(&format!("{name}: \"{}\"", message.bytes().escape_ascii()))
                }
                Err(Errno::EINTR) => {}
                Err(errno) => return errno,
            }
        }
    }
}

/// Why a guest is not served.
pub(super) fn no_thread(error: &io::Error) -> String {
    format!("ch12: not served: no more threads for its queue: {}", explain(error))
}

/// Reads until the guest hangs up. What it says is not asked for.
fn until_the_end(mut stream: &UnixStream) {
    let mut nothing = [0; 64];
    while stream.read(&mut nothing).is_ok_and(|bytes| bytes > 0) {}
}

/// Lets the receiver take what is there, and removes the queue.
fn close(queue: OwnedQueue, receiving: &AtomicBool) {
    let id = queue.queue();
    let closed = queue.close_once_empty_unless(|_| {
        thread::sleep(Duration::from_millis(1));
        !receiving.load(Ordering::Acquire)
    });
    match closed {
        Ok(true) => {}
        // It is gone: the owner may remove it too.
        Err(Errno::EIDRM | Errno::EINVAL) => {}
        // Nobody receives any more, or the owner has opened the door again: what comes now is lost,
        // as the owner wants it.
        _ => drop(remove(id)),
    }
}
