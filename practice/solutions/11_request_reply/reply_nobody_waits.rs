use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch06_cleanup::Status;
use nix::errno::Errno;

/// What has become of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// It is in the caller's queue, as a message of type 1.
    Delivered,
    /// There was no room for it.
    Full,
    /// There is no such queue any more.
    Gone,
    /// The queue does not let this server write.
    Forbidden,
    /// The queue is the server's own: nothing was sent.
    Own,
}

/// Sends an answer to the queue that the request has named. Never waits, and changes nothing else.
///
/// Every other error is not the caller's doing, and is returned; an answer that is longer than the
/// system allows (EINVAL) is one of them, if the caller's queue is there.
fn answer(own: Queue, reply_to: Queue, bytes: &[u8]) -> nix::Result<Outcome> {
    if reply_to == own {
        return Ok(Outcome::Own);
    }
    match Sender::new(reply_to).try_send(MessageType::ONE, bytes) {
        Ok(()) => Ok(Outcome::Delivered),
        Err(Errno::EAGAIN) => Ok(Outcome::Full),
        Err(Errno::EACCES) => Ok(Outcome::Forbidden),
        Err(Errno::EIDRM) => Ok(Outcome::Gone),
        // No queue, or too long a message: only the first is so for other calls too.
        Err(Errno::EINVAL) => match Status::of(reply_to) {
            Err(Errno::EINVAL | Errno::EIDRM) => Ok(Outcome::Gone),
            _ => Err(Errno::EINVAL),
        },
        Err(errno) => Err(errno),
    }
}

fn main() {
    use Outcome::{Delivered, Forbidden, Full, Gone, Own};
    practice::with_queue(&[], |queue| {
        println!("{:?}", answer(Queue::from_id(-1), queue, b"42"));
        println!("out of {:?}", [Delivered, Full, Gone, Forbidden, Own]);
    });
}

#[cfg(test)]
#[path = "../../checks/11_request_reply/reply_nobody_waits.rs"]
mod tests; // the functions marked #[test]
