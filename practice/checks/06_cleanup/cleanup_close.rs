use super::*;
use ch02_create::Queue;
use nix::errno::Errno;
use practice::{Room, alone, is_there, queue, send};
use std::cell::{Cell, RefCell};

/// A mailbox into which somebody sends at the worst moments: before it is shut, and before it is
/// removed.
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
        let busy = Busy {
            queue: queue(room),
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
            !is_there(room, mailbox.queue.id()),
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
fn close_ends_when_the_door_cannot_be_shut() {
    alone(|room| {
        let mailbox = Busy {
            may_shut: false,
            ..Busy::new(room, 1)
        };
        let closed = close(&mailbox, |_| ());
        if is_there(room, mailbox.queue.id()) {
            room.remove(mailbox.queue.id());
        }
        // Another test tells a close that does not shut at all.
        let goes_on = "shutting the door has failed (EPERM), and you go on as if it were shut";
        let shuts = Busy::new(room, 0);
        let _ = close(&shuts, |_| ());
        if is_there(room, shuts.queue.id()) {
            room.remove(shuts.queue.id());
        }
        assert!(
            !shuts.shut.get() || closed == Err(Errno::EPERM),
            "{goes_on}"
        );
    });
}
