//! The usual way to wait for a queue and something else: a thread, a channel and a descriptor.
//!
//! It is here to be compared with [`Inbox`](crate::Inbox), for what it costs: the thread has always
//! taken more than the program has asked for, and what it has taken is lost when the process is
//! killed.

use std::num::NonZero;
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::{Arc, mpsc};
use std::thread;

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch05_receive::{Receiver, Select};
use nix::errno::Errno;
use nix::sys::eventfd::{EfdFlags, EventFd};

/// A thread that receives, and a channel that the program looks into when the descriptor is
/// readable. When the process is killed, what is in the channel goes with it, and one message more.
#[derive(Debug)]
pub struct ReadAhead {
    messages: mpsc::Receiver<nix::Result<(MessageType, Vec<u8>)>>,
    bell: Arc<EventFd>,
}

impl ReadAhead {
    /// Begins to read, at once, as far ahead as the channel has room, and one message more.
    ///
    /// With room for none, `send` would wait for a program that waits for the ring.
    ///
    /// # Errors
    ///
    /// `EMFILE`, `ENFILE`: there are no more descriptors. `EAGAIN`: no more threads.
    pub fn new(queue: Queue, room: NonZero<usize>) -> nix::Result<ReadAhead> {
        let bell = EventFd::from_flags(EfdFlags::EFD_CLOEXEC | EfdFlags::EFD_NONBLOCK)?;
        let bell = Arc::new(bell);
        // ANCHOR: read-ahead
        let (channel, messages) = mpsc::sync_channel(room.get());
        let ring = Arc::clone(&bell);
        let read = move || {
            let mut receiver = Receiver::new(queue);
            loop {
                let message = receiver.recv(Select::Any);
                let message = message.map(|m| (m.message_type(), m.bytes().to_vec()));
                let is_last = message.is_err();
                // First the message, then the ring: who is woken has to find it.
                let nobody_listens = channel.send(message).is_err();
                let _ = ring.write(1); // full means readable
                if is_last || nobody_listens {
                    return;
                }
            }
        };
        // ANCHOR_END: read-ahead
        let thread = thread::Builder::new().spawn(read);
        thread.map_err(|error| error.raw_os_error().map_or(Errno::EAGAIN, Errno::from_raw))?;
        Ok(ReadAhead { messages, bell })
    }

    /// The next message, if the thread has taken one.
    ///
    /// # Errors
    ///
    /// What ended the thread, once; `EPIPE` afterwards.
    pub fn try_recv(&mut self) -> nix::Result<Option<(MessageType, Vec<u8>)>> {
        let next = self.messages.try_recv().or_else(|_| {
            // Silent first, and then a second look: it may have come between the two.
            let _ = self.bell.read();
            self.messages.try_recv()
        });
        match next {
            Ok(message) => message.map(Some),
            Err(mpsc::TryRecvError::Empty) => Ok(None),
            Err(mpsc::TryRecvError::Disconnected) => Err(Errno::EPIPE),
        }
    }
}

/// Readable when [`ReadAhead::try_recv`] may have something.
impl AsFd for ReadAhead {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.bell.as_fd()
    }
}
