//! Sentences on standard error that do not stop the work if nobody reads them.

use std::fmt::Display;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use nix::poll::PollTimeout;

use super::{tell, write_stderr};

/// Writes sentences in a thread of its own, and waits for each until it is written, but not for
/// ever: once that takes a second, the work goes on, and later sentences are not waited for either
/// until all has been written.
///
/// Dropping it waits for the rest, as any program waits for whoever reads its standard error.
#[derive(Default)]
pub(super) struct Reports {
    /// Started with the first sentence.
    writer: Option<Writer>,
    /// How many sentences are not known to be written.
    pending: usize,
    stuck: bool,
}

struct Writer {
    sentences: SyncSender<String>,
    written: Receiver<()>,
    thread: JoinHandle<()>,
}

/// So many sentences may wait to be written; then the work waits after all.
const MOST: usize = 1000;

const LONG: Duration = Duration::from_secs(1);

impl Reports {
    /// Adds a sentence of the client's.
    pub(super) fn report(&mut self, what: impl Display) {
        if self.writer.is_none() {
            self.writer = Writer::start();
        }
        // If the system has no thread to spare, this one writes.
        let Some(writer) = &self.writer else {
            return tell("client", what);
        };
        if writer.sentences.send(what.to_string()).is_ok() {
            self.pending += 1;
        }
        let patience = if self.stuck { Duration::ZERO } else { LONG };
        while self.pending > 0 && writer.written.recv_timeout(patience).is_ok() {
            self.pending -= 1;
        }
        self.stuck = self.pending > 0;
    }
}

impl Writer {
    fn start() -> Option<Writer> {
        let (sentences, waiting) = mpsc::sync_channel::<String>(MOST);
        let (done, written) = mpsc::channel();
        let write = move || {
            for what in waiting {
                let sentence = format!("client: {what}\n");
                write_stderr(sentence.as_bytes(), PollTimeout::NONE);
                // Whoever has stopped listening does not mind.
                let _ = done.send(());
            }
        };
        let thread = thread::Builder::new().spawn(write).ok()?;
        Some(Writer { sentences, written, thread })
    }
}

impl Drop for Reports {
    fn drop(&mut self) {
        if let Some(writer) = self.writer.take() {
            drop(writer.sentences);
            // It cannot panic: writing does not.
            let _ = writer.thread.join();
        }
    }
}
