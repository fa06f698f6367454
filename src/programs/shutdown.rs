//! One way to stop, whoever asks: a signal, or a message that says "exit".

use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use nix::errno::Errno;
use nix::sys::signal::{self, SigSet, Signal};
use nix::unistd::Pid;

use super::failure;
use super::output::Output;
use crate::{OwnedQueue, explain};

// ANCHOR: stop-signals
/// The signals that ask a server to stop, blocked in the calling thread and in every thread that it
/// starts from now on: they wait until [`Shutdown`] takes one.
pub(super) fn block_stop_signals() -> anyhow::Result<SigSet> {
    let signals = SigSet::from_iter([Signal::SIGINT, Signal::SIGTERM]);
    signals
        .thread_block()
        .map_err(|errno| failure("cannot block SIGINT and SIGTERM", errno.desc(), errno))?;
    Ok(signals)
}
// ANCHOR_END: stop-signals

// ANCHOR: shutdown
/// The thread that waits to be asked to stop and then closes the queue.
pub(super) struct Shutdown {
    begun: Arc<AtomicBool>,
    closer: JoinHandle<nix::Result<()>>,
}

impl Shutdown {
    /// Starts the thread. `signals` are blocked already.
    pub(super) fn on(signals: SigSet, queue: OwnedQueue, output: Arc<Mutex<Output>>) -> Shutdown {
        let begun = Arc::new(AtomicBool::new(false));
        let closer = thread::spawn({
            let begun = Arc::clone(&begun);
            move || {
                // It fails only for a set of signals that cannot be waited for, which ours are not.
                let _ = signals.wait();
                begun.store(true, Ordering::Release);
                // The door is shut; the main thread goes on until the queue is empty; the removal
                // wakes it if it is asleep, and is the answer to its next call if it is not.
                let closed = queue.close_once_empty();
                if let Err(errno) = closed {
                    give_up_unless_removed(errno, &output);
                }
                closed
            }
        });
        Shutdown { begun, closer }
    }

    /// Asks for it from inside, in the same way as from outside: with a signal to this process.
    /// (Not with `raise`, which signals one thread, and this one is not waiting for it.)
    pub(super) fn request() -> anyhow::Result<()> {
        signal::kill(Pid::this(), Signal::SIGTERM)
            .map_err(|errno| failure("cannot signal this process", errno.desc(), errno))
    }

    /// Whether a removal of the queue was ours: it was if the shutdown had begun and succeeded.
    pub(super) fn removed_the_queue(self) -> bool {
        self.begun.load(Ordering::Acquire) && matches!(self.closer.join(), Ok(Ok(())))
    }
}
// ANCHOR_END: shutdown

/// If the queue is still there, the main thread may be asleep on it and cannot be told; so this
/// thread shows what is pending and ends the program. What is in the queue stays in it.
fn give_up_unless_removed(errno: Errno, output: &Mutex<Output>) {
    if matches!(errno, Errno::EINVAL | Errno::EIDRM) {
        return;
    }
    let flushed = output
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .flush();
    if let Err(error) = flushed {
        eprintln!("server: {error:#}");
    }
    let tried = "cannot close the message queue, which stays as it is";
    eprintln!(
        "server: {:#}",
        failure(tried, explain::control(errno), errno)
    );
    process::exit(1);
}
