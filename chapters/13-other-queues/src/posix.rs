//! POSIX message queues: mq_overview(7).

use std::os::fd::{AsFd, BorrowedFd};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use nix::errno::Errno;
use nix::mqueue::{
    MQ_OFlag, MqAttr, MqdT, mq_attr_member_t, mq_close, mq_getattr, mq_open, mq_receive, mq_send,
    mq_timedreceive, mq_unlink,
};
use nix::sys::stat::Mode;
use nix::sys::time::TimeSpec;

use crate::MessageQueue;

/// One end of a POSIX message queue: a descriptor, and the name that it was opened by.
#[derive(Debug)]
pub struct Posix {
    pub(crate) name: String,
    pub(crate) flags: MQ_OFlag,
    /// `None` once it is closed: nix's descriptor does not close itself.
    queue: Option<MqdT>,
    /// The process that removes the name when this end is closed, if one does.
    remover: Option<u32>,
    /// As long as the queue's longest message: mq_receive(3) refuses a shorter one.
    buffer: Vec<u8>,
}

/// As much as an ordinary user may have, unless the system is set to more, or to less (`EINVAL`).
const MESSAGES: mq_attr_member_t = 10;
const MESSAGE_SIZE: mq_attr_member_t = 8192;

impl Posix {
    /// An end of the queue with this name, which stays when the end is closed.
    ///
    /// # Errors
    ///
    /// `EMFILE`: the queues of this user would take more bytes than `RLIMIT_MSGQUEUE` allows.
    /// `EEXIST`, `ENOENT`, `EACCES` and others: mq_open(3).
    pub fn open(name: &str, flags: MQ_OFlag) -> nix::Result<Posix> {
        // Always with attributes: without them nix 0.31 passes no mode either.
        let attributes = MqAttr::new(0, MESSAGES, MESSAGE_SIZE, 0);
        let queue = mq_open(name, flags, Mode::S_IRUSR | Mode::S_IWUSR, Some(&attributes))?;
        let longest = mq_getattr(&queue).map(|now| usize::try_from(now.msgsize()).unwrap_or(0));
        let (name, queue) = (name.to_owned(), Some(queue));
        let mut end = Posix { name, flags, queue, remover: None, buffer: Vec::new() };
        end.buffer.resize(longest?, 0);
        Ok(end)
    }

    /// The descriptor, for what all mechanisms do not have: priorities, timeouts, attributes.
    #[must_use]
    pub fn queue(&self) -> &MqdT {
        self.queue.as_ref().expect("only closing takes it")
    }

    fn shut(&mut self) -> nix::Result<()> {
        let closed = self.queue.take().map_or(Ok(()), mq_close);
        // A forked child has a copy of the responsibility, and not the responsibility.
        let removes = self.remover.take() == Some(process::id());
        closed.and(if removes { mq_unlink(self.name.as_str()) } else { Ok(()) })
    }
}

impl MessageQueue for Posix {
    const NAME: &'static str = "posix";

    fn pair() -> nix::Result<(Posix, Posix)> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let new = MQ_OFlag::O_RDONLY | MQ_OFlag::O_CREAT | MQ_OFlag::O_EXCL;
        let mut receiver = loop {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            match Posix::open(&format!("/ch13-{}-{count}", process::id()), new) {
                Err(Errno::EEXIST) => {} // Left behind, or of a process in another pid namespace.
                made => break made?,
            }
        };
        receiver.remover = Some(process::id());
        Ok((Posix::open(&receiver.name, MQ_OFlag::O_WRONLY)?, receiver))
    }

    fn send(&mut self, message: &[u8]) -> nix::Result<()> {
        mq_send(self.queue(), message, 0)
    }

    fn recv(&mut self) -> nix::Result<Option<&[u8]>> {
        let queue = self.queue.as_ref().expect("only closing takes it");
        let len = mq_receive(queue, &mut self.buffer, &mut 0)?;
        Ok(Some(&self.buffer[..len]))
    }

    // ANCHOR: posix-try-recv
    fn try_recv(&mut self) -> nix::Result<Option<&[u8]>> {
        let queue = self.queue.as_ref().expect("only closing takes it");
        // O_NONBLOCK would hold for everybody who shares the descriptor. This end's time is up.
        let past = TimeSpec::new(0, 0);
        match mq_timedreceive(queue, &mut self.buffer, &mut 0, &past) {
            Ok(len) => Ok(Some(&self.buffer[..len])),
            Err(Errno::ETIMEDOUT) => Err(Errno::EAGAIN),
            Err(errno) => Err(errno),
        }
    }
    // ANCHOR_END: posix-try-recv

    fn close(mut self) -> nix::Result<()> {
        self.shut()
    }
}

impl Drop for Posix {
    fn drop(&mut self) {
        // Nobody is left to be told; `close` tells.
        let _ = self.shut();
    }
}

impl AsFd for Posix {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.queue().as_fd()
    }
}
