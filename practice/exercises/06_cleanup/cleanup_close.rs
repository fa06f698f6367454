// Use the calls: close a mailbox that is in use, without losing a message.
//
// A sender whose msgsnd returned 0 knows that all is well. Messages go on arriving while you
// close, and the tests see to it that one arrives at the worst moment. `Mailbox` has four methods;
// find the order, and whether you need them all:
//
// - `shut` sets the capacity to 0: nothing can be sent any more, and what is in the queue stays;
// - `take` takes the oldest message out, `None` if there is none now;
// - `wait` takes the oldest message out, and waits for one if there is none;
// - `remove` removes the queue, at once and with all that is in it.

use practice::Mailbox;

/// Closes a mailbox that is in use, so that no message is lost: each that was accepted is handed to
/// `each`, in order.
///
/// At the end the queue is gone. If a step fails, that is the end of it: what failed is returned,
/// and the queue stays. But if somebody else has removed it (EIDRM, EINVAL) when no message could
/// have been in it any more, all is well.
fn close(mailbox: &impl Mailbox, mut each: impl FnMut(Vec<u8>)) -> nix::Result<()> {
    // TODO: between "nothing is left" and the next step somebody can still send. And somebody else
    // may remove the queue at any time: when is that an error? (nix::errno::Errno)
    while let Some(text) = mailbox.take()? {
        each(text);
    }
    mailbox.shut()?;
    mailbox.remove()
}

fn main() {
    practice::with_queue(&["one", "two", "three"], |queue| {
        println!("answered: {:?}", queue.wait().map(String::from_utf8));
        let closed = close(&queue, |text| {
            println!("still there: {:?}", String::from_utf8(text));
        });
        println!("closed: {closed:?}");
    });
}

#[cfg(test)]
#[path = "../../checks/06_cleanup/cleanup_close.rs"]
mod tests; // the functions marked #[test]
