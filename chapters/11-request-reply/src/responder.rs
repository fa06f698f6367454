//! The side that answers.

use std::fmt;

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::Status;
use nix::errno::Errno;
use nix::unistd::Uid;

use crate::remembered::Remembered;
use crate::wire::{Malformed, Reply, Request};
use crate::{clock, sign};

/// Answers the requests in one queue, and never waits for a caller.
///
/// A caller whose queue is full, or gone, does not get its reply. That is its loss alone. The last
/// answers to 256 callers are remembered, one for each: a request with the same number is not done
/// again as long as its caller is among them, in this `Responder`, and nobody else has asked in the
/// caller's name, which any program can that may send to this queue. Another one, in the next
/// process or beside it, knows nothing of that.
#[derive(Debug)]
pub struct Responder {
    requests: Receiver,
    remembered: Remembered,
}

/// What became of one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Served {
    /// The request was done, and its reply is in the caller's queue.
    Answered,
    /// It had been done before; the same reply was sent again.
    Repeated,
    /// Its deadline had passed: nobody waits for it, and it was not done.
    Expired,
    /// It was not done, and nobody is told.
    Refused(Refusal),
    /// It was done, now or before, and the reply could not be delivered: `EAGAIN`, the caller's
    /// queue is full; `EINVAL` or `EIDRM`, it has gone meanwhile, or the reply is longer than
    /// `msgmax` less 16 bytes; `EACCES`, it does not let this server write.
    Undelivered(Errno),
}

impl Responder {
    /// A server of the requests in this queue.
    #[must_use]
    pub fn new(requests: Queue) -> Responder {
        Responder { requests: Receiver::new(requests), remembered: Remembered::default() }
    }

    // ANCHOR: serve
    /// Takes one message out, waits until there is one, and answers it with what `answer` makes of
    /// the bytes; says what became of it. A bad request is no reason to stop.
    ///
    /// # Errors
    ///
    /// Those of [`Receiver::recv`] about the server's own queue. `EINTR`: call again.
    pub fn serve_one(&mut self, answer: impl FnOnce(&[u8]) -> Vec<u8>) -> nix::Result<Served> {
        let own = self.requests.queue();
        let message = self.requests.recv(Select::Any)?;
        let request = match Request::from_bytes(message.bytes()) {
            Ok(request) => request,
            Err(malformed) => return Ok(Served::Refused(Refusal::Malformed(malformed))),
        };
        if request.deadline <= clock::now() {
            return Ok(Served::Expired);
        }
        let Request { reply_queue, number, bytes, .. } = request;
        let creator = match check(reply_queue, own) {
            Ok(creator) => creator,
            Err(refusal) => return Ok(Served::Refused(refusal)),
        };
        let (answer, served) = match self.remembered.answer(reply_queue, number) {
            Some(answer) => (answer, Served::Repeated),
            None => {
                let answer = answer(bytes);
                (self.remembered.remember(reply_queue, number, answer), Served::Answered)
            }
        };
        let reply = Reply { number, bytes: answer }.to_bytes();
        // The work may have taken so long that its ID is that of another user's queue by now.
        let sent = match Status::of(reply_queue) {
            Ok(status) if status.creator.0 != creator => Err(Errno::EINVAL),
            Ok(_) => Sender::new(reply_queue).try_send(MessageType::ONE, &reply),
            Err(errno) => Err(errno),
        };
        Ok(sent.map_or_else(Served::Undelivered, |()| served))
    }
    // ANCHOR_END: serve

    /// The queue that requests come to.
    #[must_use]
    pub fn queue(&self) -> Queue {
        self.requests.queue()
    }
}

/// Whether a reply may go there, and who has made that queue.
///
/// A request can name any queue, and this server may be allowed what its sender is not: root's
/// would write into everybody's. So a reply goes only to a queue that has a living sign by the same
/// creator, which nobody else can put there, and never to the server itself. (A stranger can still
/// name another *caller's* queue, which drops what it has not asked for; but the stranger's request
/// takes the place of the caller's own in what is remembered. Chapter 12 knows senders.)
fn check(reply_queue: Queue, own: Queue) -> Result<Uid, Refusal> {
    if reply_queue == own {
        return Err(Refusal::OwnQueue);
    }
    let look = || {
        let status = Status::of(reply_queue)?;
        let is_alive = match status.key {
            Some(key) => sign::is_alive(key, status.creator.0)?,
            None => false,
        };
        Ok(is_alive.then_some(status.creator.0))
    };
    match look() {
        Ok(Some(creator)) => Ok(creator),
        Ok(None) => Err(Refusal::NoSign(reply_queue)),
        Err(Errno::EINVAL | Errno::EIDRM) => Err(Refusal::Gone(reply_queue)),
        Err(errno) => Err(Refusal::Unreadable(reply_queue, errno)),
    }
}

/// Why a request was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// The message is not a request.
    Malformed(Malformed),
    /// The reply would go to the server's own queue, as a request.
    OwnQueue,
    /// The reply would go to a queue that is gone.
    Gone(Queue),
    /// The reply would go to a queue that is not a living caller's.
    NoSign(Queue),
    /// The reply would go to another user's queue, which this server may not look at.
    Unreadable(Queue, Errno),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Malformed(malformed) => write!(f, "not a request: {malformed}"),
            Refusal::OwnQueue => f.write_str("it asks for its reply in the server's own queue"),
            Refusal::Gone(queue) => {
                write!(f, "it asks for its reply in queue {}, which is gone", queue.id())
            }
            Refusal::NoSign(queue) => write!(
                f,
                "it asks for its reply in queue {}, which is not that of a living caller",
                queue.id()
            ),
            Refusal::Unreadable(queue, errno) => write!(
                f,
                "it asks for its reply in queue {}, which this server may not look at ({errno:?})",
                queue.id()
            ),
        }
    }
}

impl std::error::Error for Refusal {}
