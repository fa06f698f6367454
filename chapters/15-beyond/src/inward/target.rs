//! The queue that messages are put into.

use std::time::Duration;

use anyhow::{Context as _, anyhow};
use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};
use ch04_send::Sender;
use ch06_cleanup::Status;
use ch10_waiting::SendTimeout;
use nix::errno::Errno;

use super::source::Delivery;

/// How long a full queue is waited for before it is somebody else's turn.
const A_WHILE: Duration = Duration::from_millis(100);

pub(crate) struct Target {
    sender: Sender,
}

/// What became of a message.
pub(crate) enum Put {
    /// It is in the queue.
    Done,
    /// There was no room for it, for a while.
    Full,
    /// There will not be, for this reason.
    Never(String),
}

impl Target {
    pub(crate) fn open(key: Key) -> anyhow::Result<Target> {
        let queue = Queue::open_for(key, Mode::S_IWUSR | Mode::S_IWGRP | Mode::S_IWOTH);
        let queue = queue.map_err(|errno| {
            let reason = ch02_create::explain(errno);
            anyhow!("cannot send to the message queue with key {key}: {reason} ({errno:?})")
        })?;
        Ok(Target { sender: Sender::new(queue) })
    }

    pub(crate) fn id(&self) -> i32 {
        self.sender.queue().id()
    }

    /// Sends a message. If the queue is full, it waits for a while, on another thread: what else
    /// the program has to do goes on.
    pub(crate) async fn put(&mut self, delivery: &Delivery) -> anyhow::Result<Put> {
        let message_type = match delivery.message_type() {
            Ok(message_type) => message_type,
            Err(reason) => return Ok(Put::Never(reason)),
        };
        let mut sent = self.sender.try_send(message_type, delivery.bytes());
        if sent == Err(Errno::EAGAIN) {
            let (mut sender, bytes) = (Sender::new(self.sender.queue()), delivery.bytes().clone());
            let wait = move || sender.send_timeout(message_type, &bytes, A_WHILE);
            sent = tokio::task::spawn_blocking(wait).await.context("the waiting thread")?;
        }
        let size = delivery.bytes().len();
        match sent {
            Ok(()) => Ok(Put::Done),
            // EINTR: perhaps the signal to stop.
            Err(Errno::ETIMEDOUT | Errno::EINTR) => match self.capacity()? {
                0 => Err(self.lost("it is shut: it takes no more messages (its capacity is 0)")),
                capacity if size > capacity => {
                    Ok(Put::Never(format!("the queue's capacity is {capacity} bytes")))
                }
                _ => Ok(Put::Full),
            },
            // The queue is gone; or else it is there, and the type is good: only the size is left.
            Err(Errno::EINVAL) => self.capacity().map(|_| {
                Put::Never("messages here may not be so long (msgmax, EINVAL)".to_owned())
            }),
            Err(errno) => Err(self.lost(format_args!("{} ({errno:?})", ch04_send::explain(errno)))),
        }
    }

    fn capacity(&self) -> anyhow::Result<usize> {
        let status = Status::whatever_the_mode(self.sender.queue());
        let status = status.map_err(|errno| {
            self.lost(format_args!("{} ({errno:?})", ch06_cleanup::explain(errno)))
        })?;
        Ok(status.capacity)
    }

    fn lost(&self, reason: impl std::fmt::Display) -> anyhow::Error {
        anyhow!("cannot send to queue {}: {reason}; the message stays in the stream", self.id())
    }
}
