//! Sentences on standard error, written while the work goes on.

use std::fmt::Display;
use std::sync::mpsc::{self, SyncSender};
use std::thread::{self, JoinHandle};

use super::tell;

/// Writes sentences in a thread of its own: if nobody reads standard error, the work is not held up.
///
/// Dropping it waits until all is written, as for any program's standard error.
#[derive(Default)]
pub(super) struct Reports {
    /// Started with the first sentence.
    writer: Option<(SyncSender<String>, JoinHandle<()>)>,
}

/// So many sentences may wait to be written; then the work waits too.
const MOST: usize = 1000;

impl Reports {
    /// Adds a sentence of the client's.
    pub(super) fn report(&mut self, what: impl Display) {
        if self.writer.is_none() {
            self.writer = start();
        }
        let unsent = match &self.writer {
            Some((sentences, _)) => sentences.send(what.to_string()).err().map(|error| error.0),
            None => Some(what.to_string()),
        };
        if let Some(what) = unsent {
            tell("client", what);
        }
    }
}

/// `None` if the system has no thread to spare.
fn start() -> Option<(SyncSender<String>, JoinHandle<()>)> {
    let (sentences, waiting) = mpsc::sync_channel::<String>(MOST);
    let write = move || waiting.iter().for_each(|what| tell("client", what));
    let thread = thread::Builder::new().spawn(write).ok()?;
    Some((sentences, thread))
}

impl Drop for Reports {
    fn drop(&mut self) {
        if let Some((sentences, thread)) = self.writer.take() {
            drop(sentences);
            // It cannot panic: `tell` does not.
            let _ = thread.join();
        }
    }
}
