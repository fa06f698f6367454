//! Two ways to bring a reply to whoever has asked.

use std::time::Duration;

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch10_waiting::{RecvTimeout, SendTimeout};
use ch11_request_reply::{Caller, Request, Responder};
use nix::errno::Errno;

/// A way to bring replies home.
pub(super) struct Design {
    pub(super) name: &'static str,
    /// The server: it sends back what it gets, and ends with its queue.
    pub(super) serve: fn(Queue) -> nix::Result<()>,
    /// One caller, with a number of its own.
    pub(super) caller: fn(Queue, u32) -> nix::Result<Box<dyn Ask>>,
}

/// A caller.
pub(super) trait Ask {
    /// Sends this and waits for the reply; whether it is the right one.
    fn ask(&mut self, bytes: &[u8], timeout: Duration) -> nix::Result<bool>;

    /// Sends this, and does not care for a reply.
    fn post(&mut self, bytes: &[u8], timeout: Duration) -> nix::Result<()>;
}

pub(super) const PRIVATE_QUEUES: Design = Design {
    name: "private queues",
    serve: |queue| {
        let mut responder = Responder::new(queue);
        loop {
            responder.serve_one(<[u8]>::to_vec)?;
        }
    },
    caller: |queue, _| {
        Ok(Box::new(Private { caller: Caller::new(queue)?, requests: Sender::new(queue) }))
    },
};

struct Private {
    caller: Caller,
    requests: Sender,
}

impl Ask for Private {
    fn ask(&mut self, bytes: &[u8], timeout: Duration) -> nix::Result<bool> {
        self.caller.call(bytes, timeout).map(|reply| reply == bytes)
    }

    fn post(&mut self, bytes: &[u8], timeout: Duration) -> nix::Result<()> {
        let reply_queue = self.caller.reply_queue();
        let request = Request { reply_queue, number: 0, deadline: u64::MAX, bytes };
        self.requests.send_timeout(MessageType::ONE, &request.to_bytes(), timeout)
    }
}

pub(super) const ONE_QUEUE: Design = Design {
    name: "one queue",
    serve: |queue| {
        let (mut requests, mut replies) = (Receiver::new(queue), Sender::new(queue));
        loop {
            let message = requests.recv(Select::Exactly(MessageType::ONE))?;
            let (number, bytes) = message.bytes().split_first_chunk().ok_or(Errno::EBADMSG)?;
            replies.send(reply_type(i32::from_ne_bytes(*number))?, bytes)?;
        }
    },
    caller: |queue, number| {
        let (requests, replies) = (Sender::new(queue), Receiver::new(queue));
        let number = number as i32;
        Ok(Box::new(Shared { requests, replies, number, wanted: reply_type(number)? }))
    },
};

/// Requests have type 1, and each caller's replies another.
fn reply_type(caller: i32) -> nix::Result<MessageType> {
    MessageType::new(2 + libc::c_long::from(caller)).ok_or(Errno::EBADMSG)
}

struct Shared {
    requests: Sender,
    replies: Receiver,
    number: i32,
    wanted: MessageType,
}

impl Ask for Shared {
    fn ask(&mut self, bytes: &[u8], timeout: Duration) -> nix::Result<bool> {
        self.post(bytes, timeout)?;
        let reply = self.replies.recv_timeout(Select::Exactly(self.wanted), timeout)?;
        reply.map(|reply| reply.bytes() == bytes).ok_or(Errno::ETIMEDOUT)
    }

    fn post(&mut self, bytes: &[u8], timeout: Duration) -> nix::Result<()> {
        let request = [&self.number.to_ne_bytes(), bytes].concat();
        self.requests.send_timeout(MessageType::ONE, &request, timeout)
    }
}
