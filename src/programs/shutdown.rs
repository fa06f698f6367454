//! One way to stop, whoever asks: a signal, or a message that says "exit".

use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::{self, JoinHandle};

use nix::errno::Errno;
use nix::sys::signal::{self, SigSet, Signal};
use nix::unistd::Pid;

use super::output::Output;
use super::slow_wait_notice::SlowWaitNotice;
use super::{failure, io_failure, tell};
use crate::{OwnedQueue, Queue, Status, explain};

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
    queue: mpsc::Sender<OwnedQueue>,
    begun: Arc<AtomicBool>,
    closer: JoinHandle<nix::Result<()>>,
}

impl Shutdown {
    /// Starts the thread. `signals` are blocked already; the queue is given to [`Shutdown::guard`].
    pub(super) fn on(signals: SigSet, output: Arc<Mutex<Output>>) -> anyhow::Result<Shutdown> {
        let begun = Arc::new(AtomicBool::new(false));
        let (queue, given) = mpsc::channel::<OwnedQueue>();
        let close = {
            let begun = Arc::clone(&begun);
            move || {
                // No queue is given if the server cannot have one; then there is nothing to close.
                let Ok(queue) = given.recv() else {
                    return Ok(());
                };
                // It fails only for a set of signals that cannot be waited for, which ours are not.
                let _ = signals.wait();
                begun.store(true, Ordering::Release);
                // The door is shut; the main thread goes on until the queue is empty; the removal
                // wakes it if it is asleep, and is the answer to its next call if it is not.
                let name = queue.queue();
                let closed = impatient().during(String::new(), || queue.close_once_empty());
                if let Err(errno) = closed {
                    give_up_unless_removed(name, errno, &output);
                }
                closed
            }
        };
        let closer = thread::Builder::new()
            .spawn(close)
            .map_err(|error| io_failure("cannot start a thread", &error))?;
        Ok(Shutdown {
            queue,
            begun,
            closer,
        })
    }

    /// From here on, who asks the server to stop closes this queue.
    pub(super) fn guard(&self, queue: OwnedQueue) {
        // If the thread has ended all the same, the queue comes back and is left as it is.
        if let Err(mpsc::SendError(queue)) = self.queue.send(queue) {
            queue.keep();
        }
    }

    /// Asks for it from inside, in the same way as from outside: with a signal to this process.
    /// (Not with `raise`, which signals one thread, and this one is not waiting for it.)
    pub(super) fn request() -> anyhow::Result<()> {
        signal::kill(Pid::this(), Signal::SIGTERM)
            .map_err(|errno| failure("cannot signal this process", errno.desc(), errno))
    }

    /// Whether somebody has asked.
    pub(super) fn has_begun(&self) -> bool {
        self.begun.load(Ordering::Acquire)
    }

    /// Whether a removal of the queue was ours: it was if the shutdown had begun and succeeded.
    pub(super) fn removed_the_queue(self) -> bool {
        self.has_begun() && matches!(self.closer.join(), Ok(Ok(())))
    }
}
// ANCHOR_END: shutdown

/// A shutdown can only take long if nobody reads what the server prints.
fn impatient() -> SlowWaitNotice {
    SlowWaitNotice::new(|_| {
        tell(
            "server",
            "the shutdown waits until what was received has been written; Ctrl-\\ (SIGQUIT) ends it at once and leaves the rest in the queue",
        );
    })
}

/// If the queue is still there, the main thread may be asleep on it and cannot be told; so this
/// thread shows what is pending and ends the program. What is in the queue stays in it.
fn give_up_unless_removed(queue: Queue, errno: Errno, output: &Mutex<Output>) {
    if let Err(Errno::EINVAL | Errno::EIDRM) = Status::of(queue) {
        return;
    }
    let flushed = output
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .flush();
    if let Err(error) = flushed {
        tell("server", format_args!("{error:#}"));
    }
    let explanation = match errno {
        Errno::EBUSY => "another server has taken it over",
        errno => explain::control(errno),
    };
    let tried = "cannot close the message queue, which stays as it is";
    tell("server", failure(tried, explanation, errno));
    process::exit(1);
}
