//! The side that asks.

use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, Instant};

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::Process;
use ch10_waiting::{RecvTimeout, SendTimeout};
use nix::errno::Errno;

use crate::clock;
use crate::reply_queue::ReplyQueue;
use crate::wire::{Reply, Request};

/// Asks a server, one thing at a time, and waits for the reply in a queue of its own.
///
/// Dropping it removes that queue; what a killed process leaves is for [`sweep`](crate::sweep).
/// It is of no use in a forked child, where every call fails with `ECHILD`: two processes would
/// take each other's replies. Its sign of life ends with the process, or when the thread that made
/// it moves to another IPC namespace.
#[derive(Debug)]
pub struct Caller {
    requests: Sender,
    replies: Receiver,
    /// What was asked last, and its number. The first number is random: whoever had a queue with
    /// this ID before, a late reply to them is not taken for one to this caller.
    asked: Vec<u8>,
    number: u64,
    process: Process,
    _queue: ReplyQueue,
}

impl Caller {
    /// Makes a queue for the replies, for requests to this server. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// `ENOSPC`: the system has all the queues (`msgmni`) or all the sets of semaphores (`SEMMNI`)
    /// that it may have; [`sweep`](crate::sweep) may help. `ENOMEM`: out of memory.
    pub fn new(server: Queue) -> nix::Result<Caller> {
        let queue = ReplyQueue::new()?;
        Ok(Caller {
            requests: Sender::new(server),
            replies: Receiver::new(queue.queue()),
            asked: Vec::new(),
            number: RandomState::new().hash_one(Instant::now()),
            process: Process::current(),
            _queue: queue,
        })
    }

    // ANCHOR: call
    /// Sends a request and waits for its reply, for this time at most.
    ///
    /// # Errors
    ///
    /// - `ETIMEDOUT`: it was sent, and no reply came in time. Nobody knows whether it was done: the
    ///   server may be slow, or dead, before it or after it. [`Caller::repeat`] asks again.
    /// - `EAGAIN`: the server's queue was full all the time. Nothing was sent.
    /// - `EINTR`: a signal handler ran while this waited. It may have been sent; `repeat` goes on.
    /// - `EINVAL`, `EIDRM`: the server's queue is gone, or this caller's; or the request is longer
    ///   than `msgmax` less 24 bytes. `EACCES`: the server's queue does not let you write.
    /// - `ECHILD`: this is a forked child's copy of the caller.
    /// - What waiting needs (chapter 10): `EBUSY`, `ENOMEM`.
    pub fn call(&mut self, bytes: &[u8], timeout: Duration) -> nix::Result<&[u8]> {
        self.number = self.number.wrapping_add(1);
        self.asked.clear();
        self.asked.extend(bytes);
        self.repeat(timeout)
    }

    /// Sends the last request once more, with the same number, and waits for its reply. (Before the
    /// first call that is a request without bytes.)
    ///
    /// A [`Responder`](crate::Responder) that still remembers having done it does not do it again:
    /// it sends the same reply again. If that has come meanwhile, nothing is sent.
    ///
    /// # Errors
    ///
    /// As for [`Caller::call`], but `EAGAIN` says only that the repetition was not sent: what was
    /// sent before may have been done, so go on with `repeat`.
    pub fn repeat(&mut self, timeout: Duration) -> nix::Result<&[u8]> {
        if self.process != Process::current() {
            return Err(Errno::ECHILD);
        }
        let (deadline, end) = (clock::after(timeout), Instant::now().checked_add(timeout));
        // What came too late makes room, unless it is what is wanted.
        if !self.receive(Duration::ZERO, end)? {
            self.send(deadline, left(end))?;
            if !self.receive(timeout, end)? {
                return Err(Errno::ETIMEDOUT);
            }
        }
        let reply = Reply::from_bytes(self.replies.last().bytes());
        Ok(reply.expect("it has been read as one").bytes)
    }
    // ANCHOR_END: call

    fn send(&mut self, deadline: u64, timeout: Duration) -> nix::Result<()> {
        let request = Request {
            reply_queue: self.replies.queue(),
            number: self.number,
            deadline,
            bytes: &self.asked,
        };
        match self.requests.send_timeout(MessageType::ONE, &request.to_bytes(), timeout) {
            // A request that was not sent was not done: that is worth a word of its own.
            Err(Errno::ETIMEDOUT) => Err(Errno::EAGAIN),
            sent => sent,
        }
    }

    /// Takes replies out until the one with our number comes, which then is the last one received;
    /// false if it has not come in this time, or by the end. The others are late, or strange, and
    /// however many they are, they do not keep us beyond the end.
    fn receive(&mut self, longest: Duration, end: Option<Instant>) -> nix::Result<bool> {
        while let Some(message) = self.replies.recv_timeout(Select::Any, longest.min(left(end)))? {
            match Reply::from_bytes(message.bytes()) {
                Ok(reply) if reply.number == self.number => return Ok(true),
                _ if left(end).is_zero() => break,
                _ => {}
            }
        }
        Ok(false)
    }

    /// The queue that replies come to.
    #[must_use]
    pub fn reply_queue(&self) -> Queue {
        self.replies.queue()
    }
}

/// How long it is until then; without an end, for ever.
fn left(end: Option<Instant>) -> Duration {
    end.map_or(Duration::MAX, |end| end.saturating_duration_since(Instant::now()))
}
