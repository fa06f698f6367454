//! Messages on the disk, for as long as the queue is full.

mod records;

use std::fs;
use std::path::Path;

use ch03_structure::MessageType;
use ch04_send::Sender;
use ch06_cleanup::Process;
use nix::errno::Errno;

use crate::{Fate, Policy};
use records::Records;

/// Keeps on the disk what does not fit, and sends it before anything newer. Loses no message, and
/// no time, until the disk is full.
///
/// What it has accepted ([`Fate::Kept`]) survives the end of the producer, by SIGKILL too: the next
/// one that opens the same file goes on with it, in order. Each message arrives *at least* once:
/// if a producer is killed after it has sent a message and before it has noted that down, the next
/// one sends it again. A crash of the machine is another matter: fsync(2) is not called, and the
/// queue itself is gone then.
///
/// Only its own messages are in order: those of other producers overtake. A message that the kernel
/// will never take, such as one longer than the capacity, holds up the ones after it.
#[derive(Debug)]
pub struct Spool {
    records: Records,
    /// The process that may use it: a forked child has the same open file, and the same lock.
    process: Process,
}

impl Spool {
    /// Opens this file; makes it, for its owner alone, if there is none.
    ///
    /// # Errors
    ///
    /// `EBUSY`: another producer has it open. `EBADMSG`: it is not a spool. The others as for
    /// open(2).
    pub fn open(path: impl AsRef<Path>) -> nix::Result<Spool> {
        Ok(Spool { records: Records::open(path.as_ref())?, process: Process::current() })
    }
}

impl Policy for Spool {
    /// # Errors
    ///
    /// As for [`Sender::try_send`], except `EAGAIN`, and as for read(2) and write(2). A message
    /// longer than `msgmax` is refused with `EINVAL`, whether or not there is room. `ECHILD`: this
    /// is a forked child's copy of the spool, which would write over its parent's messages.
    fn send(
        &mut self,
        sender: &mut Sender,
        message_type: MessageType,
        bytes: &[u8],
    ) -> nix::Result<Fate> {
        if self.drain(sender)? {
            match sender.try_send(message_type, bytes) {
                Err(Errno::EAGAIN) => {}
                sent => return sent.map(|()| Fate::Sent),
            }
        }
        // Kept, it would fail when its turn comes, and all after it.
        if longest_message().is_some_and(|longest| bytes.len() > longest) {
            return Err(Errno::EINVAL);
        }
        self.records.append(message_type, bytes).map(|()| Fate::Kept)
    }

    fn drain(&mut self, sender: &mut Sender) -> nix::Result<bool> {
        if self.process != Process::current() {
            return Err(Errno::ECHILD);
        }
        while let Some((message_type, bytes)) = self.records.first()? {
            match sender.try_send(message_type, &bytes) {
                Err(Errno::EAGAIN) => return Ok(false),
                sent => sent?,
            }
            // Killed here, the producer has sent a message that the next one sends again.
            self.records.forget_first(bytes.len())?;
        }
        Ok(true)
    }
}

/// `msgmax`, where /proc says it.
fn longest_message() -> Option<usize> {
    fs::read_to_string("/proc/sys/kernel/msgmax").ok()?.trim().parse().ok()
}
