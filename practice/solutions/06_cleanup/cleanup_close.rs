use std::ptr;

use ch02_create::{Mode, Queue};
use ch05_receive::{Receiver, Select};
use nix::errno::Errno;

/// What can be done with a mailbox, one system call or two each.
trait Mailbox {
    /// Shuts the door: sets the capacity to 0. What is in the queue stays.
    fn shut(&self) -> nix::Result<()>;
    /// Takes the oldest message out, `None` if there is none now.
    fn take(&self) -> nix::Result<Option<Vec<u8>>>;
    /// Takes the oldest message out, and waits for one if there is none.
    fn wait(&self) -> nix::Result<Vec<u8>>;
    /// Removes the queue, at once and with all that is in it.
    fn remove(&self) -> nix::Result<()>;
}

/// Closes a mailbox that is in use, so that no message is lost: each that was accepted is handed to `each`, in order.
///
/// At the end the queue is gone. If a step fails, that is the end of it: what failed is returned, and the queue stays.
fn close(mailbox: &impl Mailbox, mut each: impl FnMut(Vec<u8>)) -> nix::Result<()> {
    mailbox.shut()?;
    while let Some(text) = mailbox.take()? {
        each(text);
    }
    mailbox.remove()
}

impl Mailbox for Queue {
    fn shut(&self) -> nix::Result<()> {
        // SAFETY: a `msqid_ds` consists of integers, for which zeroes are valid.
        let mut status: libc::msqid_ds = unsafe { std::mem::zeroed() };
        // SAFETY: IPC_STAT writes one `msqid_ds` behind the pointer, and there is one.
        Errno::result(unsafe { libc::msgctl(self.id(), libc::IPC_STAT, &raw mut status) })?;
        status.msg_qbytes = 0;
        // SAFETY: IPC_SET reads one `msqid_ds` behind the pointer, and there is one.
        let result = unsafe { libc::msgctl(self.id(), libc::IPC_SET, &raw mut status) };
        Errno::result(result).map(drop)
    }

    fn take(&self) -> nix::Result<Option<Vec<u8>>> {
        let mut receiver = Receiver::new(*self);
        let message = receiver.try_recv(Select::Any)?;
        Ok(message.map(|message| message.bytes().to_vec()))
    }

    fn wait(&self) -> nix::Result<Vec<u8>> {
        let mut receiver = Receiver::new(*self);
        let message = receiver.recv(Select::Any)?;
        Ok(message.bytes().to_vec())
    }

    fn remove(&self) -> nix::Result<()> {
        // SAFETY: IPC_RMID takes no third argument: the kernel does not look at the null pointer.
        let result = unsafe { libc::msgctl(self.id(), libc::IPC_RMID, ptr::null_mut()) };
        Errno::result(result).map(drop)
    }
}

fn main() -> nix::Result<()> {
    let queue = Queue::private(Mode::S_IRUSR | Mode::S_IWUSR)?;
    // If the close waits for ever.
    practice::at_most(2, queue.id());
    for text in ["one", "two", "three"] {
        practice::send(queue.id(), 1, text.as_bytes())?;
    }
    println!("answered: {:?}", queue.wait()?.escape_ascii().to_string());
    let closed = close(&queue, |text| {
        println!("still there: {:?}", text.escape_ascii().to_string())
    });
    println!("closed: {closed:?}");
    // Whatever close has done, nothing is to be left behind.
    let _ = queue.remove();
    Ok(())
}

#[cfg(test)]
#[path = "../../checks/06_cleanup/cleanup_close.rs"]
mod tests; // the functions marked #[test]
