//! The signals that ask the bridge to stop.

use std::io;

use futures_util::FutureExt;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// SIGINT and SIGTERM. They are waited for from the beginning, and none that has come is forgotten.
pub(crate) struct Stop {
    interrupt: Signal,
    terminate: Signal,
    asked: bool,
}

impl Stop {
    pub(crate) fn new() -> io::Result<Stop> {
        let [interrupt, terminate] = [SignalKind::interrupt(), SignalKind::terminate()].map(signal);
        Ok(Stop { interrupt: interrupt?, terminate: terminate?, asked: false })
    }

    /// Waits for one of them. It may be dropped half-way and called again.
    pub(crate) async fn asked(&mut self) {
        if !self.asked {
            tokio::select! {
                _ = self.interrupt.recv() => {}
                _ = self.terminate.recv() => {}
            }
            self.asked = true;
        }
    }

    /// Whether one has come.
    pub(crate) fn is_asked(&mut self) -> bool {
        self.asked().now_or_never().is_some()
    }
}
