// Write the function: a server sends its answer, and never waits for the caller who asked.
//
// The request names the queue for the answer. That queue may be full by now, because its caller
// does not read; gone, because its caller was killed; or one that you may not write into. All of
// that is the loss of one caller, and no reason to keep the others waiting, or to end. And somebody
// may name the server's own queue: then the answer is the next request, forever.
//
// What helps: ch04_send::Sender, ch06_cleanup::Status.

use ch02_create::Queue;
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
    // TODO: which outcome for which errno? One of them has two meanings.
    println!("{} bytes for queue {}, from {}", bytes.len(), reply_to.id(), own.id());
    Err(Errno::ENOSYS)
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
