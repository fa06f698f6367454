//! What has been taken and not been shown yet, in one pair of hands, and never much of it.

use std::io;
use std::os::fd::AsFd;

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::unistd::write;

use super::orders::{Order, Orders};
use super::{A_SECOND, failure, write_stderr};

/// How many bytes of lines are held at most before they are written; and a pipe that is ready takes
/// so many at once (`PIPE_BUF`).
pub(super) const MOST: usize = 4096;

/// A line of a client's has no more bytes, unless much of it has to be escaped.
const LINE: usize = 16 + 255 + 1;

/// Why the main thread cannot go on.
pub(super) enum Halt {
    /// It was told not to.
    Ordered,
    /// Standard output has failed.
    Failed(anyhow::Error),
}

/// Lines on their way to standard output.
///
/// What could not be shown by the time this is dropped, after an error, an order or a panic, goes
/// to standard error: nothing that was taken out of the queue disappears without a word.
pub(super) struct Output {
    stdout: streams::Output,
    orders: Orders,
    pending: Vec<u8>,
}

impl Output {
    pub(super) fn new(stdout: streams::Output, orders: Orders) -> Output {
        Output { stdout, orders, pending: Vec::with_capacity(2 * MOST) }
    }

    /// Adds a line, built by `write` without its end. It is shown when the output is flushed.
    pub(super) fn line(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        write(&mut self.pending);
        self.pending.push(b'\n');
    }

    /// Whether it is time to flush: another line might be more than is held.
    pub(super) fn is_full(&self) -> bool {
        self.pending.len() + LINE > MOST
    }

    /// Waits until something can be shown, before anything is taken to be shown.
    pub(super) fn wait_until_ready(&self) -> Result<(), Halt> {
        let events = self.wait(Order::TakeNoMore)?;
        if events.intersects(PollFlags::POLLERR | PollFlags::POLLHUP | PollFlags::POLLNVAL) {
            // A write of nothing says why, or nothing; then it is a pipe.
            let errno = write(&self.stdout, &[]).err().unwrap_or(Errno::EPIPE);
            return Err(Halt::Failed(write_failure(&errno.into())));
        }
        Ok(())
    }

    /// Shows all that is pending, whatever time that takes.
    pub(super) fn flush(&mut self) -> Result<(), Halt> {
        let mut shown = 0;
        let result = loop {
            if shown == self.pending.len() {
                break Ok(());
            }
            match write(&self.stdout, &self.pending[shown..]) {
                Ok(bytes) => shown += bytes,
                Err(Errno::EINTR | Errno::EAGAIN) => {
                    if let Err(halt) = self.wait(Order::ShowNoMore) {
                        break Err(halt);
                    }
                }
                Err(errno) => break Err(Halt::Failed(write_failure(&errno.into()))),
            }
        };
        // A line of which only a part was shown was not shown.
        let whole = self.pending[..shown].iter().rposition(|byte| *byte == b'\n');
        self.pending.drain(..whole.map_or(0, |end| end + 1));
        result
    }

    /// Waits until the output takes more, or until this order.
    fn wait(&self, order: Order) -> Result<PollFlags, Halt> {
        loop {
            if self.orders.include(order) {
                return Err(Halt::Ordered);
            }
            let mut stdout = [PollFd::new(self.stdout.as_fd(), PollFlags::POLLOUT)];
            match poll(&mut stdout, PollTimeout::NONE) {
                Ok(_) => return Ok(stdout[0].revents().unwrap_or(PollFlags::empty())),
                Err(Errno::EINTR) => {}
                Err(errno) => {
                    let failed = failure("cannot wait for standard output", errno.desc(), errno);
                    return Err(Halt::Failed(failed));
                }
            }
        }
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        let lines = match self.pending.iter().filter(|byte| **byte == b'\n').count() {
            0 => return,
            1 => "1 line could not be written to standard output".to_owned(),
            lines => format!("{lines} lines could not be written to standard output"),
        };
        let mut told = format!("server: {lines}:\n").into_bytes();
        told.append(&mut self.pending);
        write_stderr(&told, A_SECOND);
    }
}

pub(super) fn write_failure(error: &io::Error) -> anyhow::Error {
    anyhow::anyhow!("cannot write to standard output: {}", streams::explain(error))
}
