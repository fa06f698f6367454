// Use the calls: close a mailbox that is in use, without losing a message.
//
// A sender whose msgsnd returned 0 was told that all is well. Messages go on arriving while you close, and the tests
// see to it that one arrives at the worst moment. The four methods are what you have; find the order, and whether you
// need them all.

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
    // TODO: between "nothing is left" and the next step somebody can still send.
    while let Some(text) = mailbox.take()? {
        each(text);
    }
    mailbox.shut()?;
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
mod tests {
    use super::*;
    use practice::{Room, alone, send};
    use std::cell::{Cell, RefCell};

    /// A mailbox into which somebody sends at the worst moments: before it is shut, and before it is removed.
    struct Busy {
        queue: Queue,
        may_shut: bool,
        shut: Cell<bool>,
        accepted: RefCell<Vec<Vec<u8>>>,
        late: Cell<bool>,
    }

    impl Busy {
        /// A mailbox with so many messages in it.
        fn new(room: &Room, count: usize) -> Busy {
            let queue = Queue::private(Mode::S_IRUSR | Mode::S_IWUSR).expect("a queue");
            room.watch(queue.id());
            let busy = Busy {
                queue,
                may_shut: true,
                shut: Cell::new(false),
                accepted: RefCell::default(),
                late: Cell::new(false),
            };
            (1..=count).for_each(|number| _ = busy.somebody_sends(&format!("message {number}")));
            busy
        }

        fn somebody_sends(&self, text: &str) -> bool {
            let accepted = send(self.queue.id(), 1, text.as_bytes()).is_ok();
            if accepted {
                self.accepted.borrow_mut().push(text.into());
            }
            accepted
        }

        fn is_there(&self, room: &Room) -> bool {
            let queues = room.queues();
            queues.iter().any(|entry| entry.msqid == self.queue.id())
        }
    }

    impl Mailbox for Busy {
        fn shut(&self) -> nix::Result<()> {
            if !self.may_shut {
                return Err(Errno::EPERM);
            }
            self.late
                .set(self.somebody_sends("sent before the door was shut"));
            self.shut.set(true);
            self.queue.shut()
        }

        fn take(&self) -> nix::Result<Option<Vec<u8>>> {
            self.queue.take()
        }

        fn wait(&self) -> nix::Result<Vec<u8>> {
            match self.queue.take()? {
                Some(text) => Ok(text),
                None => panic!(
                    "nothing is in the queue, and you wait for a message: behind a shut door none comes any more, \
                     and your loop waits for ever"
                ),
            }
        }

        fn remove(&self) -> nix::Result<()> {
            self.somebody_sends("sent before the removal");
            self.queue.remove()
        }
    }

    #[test]
    fn nothing_is_lost() {
        alone(|room| {
            let mailbox = Busy::new(room, 3);
            let mut handed_out = Vec::new();
            let closed = close(&mailbox, |text| handed_out.push(text));
            assert!(
                closed.is_ok(),
                "every step can be done, and your close says {closed:?}"
            );
            let accepted = mailbox.accepted.take();
            assert!(
                mailbox.shut.get(),
                "you never shut the door: a message that somebody sent before the removal is lost, and its sender was \
                 told that all is well"
            );
            assert!(
                !mailbox.is_there(room),
                "the queue is still there, with its door shut: it accepts nothing from anybody, for ever. Nobody has \
                 removed it"
            );
            assert!(
                !handed_out.is_empty(),
                "{} messages were accepted, and none was handed out: what you do not take before the removal is \
                 removed, and what you take is to go to `each`",
                accepted.len()
            );
            assert!(
                handed_out.len() > 1,
                "{} messages were accepted, and you hand out the first of them alone: empty means until there is none",
                accepted.len()
            );
            assert!(
                handed_out.len() != 3 || !mailbox.late.get(),
                "you empty the queue before you shut the door: a message has slipped in between, and was removed"
            );
            assert!(
                handed_out == accepted,
                "accepted were {} messages, and you hand out {}, or in another order",
                accepted.len(),
                handed_out.len()
            );
        });
    }

    #[test]
    fn door_that_cannot_be_shut_is_the_end_of_it() {
        alone(|room| {
            let mailbox = Busy {
                may_shut: false,
                ..Busy::new(room, 1)
            };
            let closed = close(&mailbox, |_| ());
            let is_there = mailbox.is_there(room);
            if is_there {
                room.remove(mailbox.queue.id());
            }
            // Another test tells a close that does not shut at all.
            let goes_on = "shutting the door has failed (EPERM), and you go on as if it were shut";
            let shuts = Busy::new(room, 0);
            let _ = close(&shuts, |_| ());
            if shuts.is_there(room) {
                room.remove(shuts.queue.id());
            }
            assert!(
                !shuts.shut.get() || closed == Err(Errno::EPERM),
                "{goes_on}"
            );
        });
    }
}
