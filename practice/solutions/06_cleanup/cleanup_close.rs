use nix::errno::Errno;
use practice::Mailbox;

/// Closes a mailbox that is in use, so that no message is lost: each that was accepted is handed to
/// `each`, in order.
///
/// At the end the queue is gone. If a step fails, that is the end of it: what failed is returned,
/// and the queue stays. But if somebody else has removed it (EIDRM, EINVAL) when no message could
/// have been in it any more, all is well.
fn close(mailbox: &impl Mailbox, mut each: impl FnMut(Vec<u8>)) -> nix::Result<()> {
    mailbox.shut()?;
    while let Some(text) = mailbox.take()? {
        each(text);
    }
    match mailbox.remove() {
        // Nothing was in it, and nothing could be sent.
        Err(Errno::EIDRM | Errno::EINVAL) => Ok(()),
        done => done,
    }
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
