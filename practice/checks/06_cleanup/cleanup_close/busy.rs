//! A mailbox that others use meanwhile, and whose steps can fail.

use super::*;
use ch02_create::Queue;
use practice::{Room, queue, send};
use std::cell::{Cell, RefCell};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Shut,
    Take,
    Wait,
    Remove,
}

/// What happens at a step, when it is made for the so-manieth time.
#[derive(Clone, Copy, Debug)]
pub(super) enum Event {
    /// It fails with this, and nothing else happens.
    Fails(Errno),
    /// Somebody else removes the queue just before.
    SomebodyRemoves,
}

/// Somebody sends at the worst moments: before it is shut, and before it is removed.
pub(super) struct Busy {
    pub(super) queue: Queue,
    pub(super) accepted: RefCell<Vec<Vec<u8>>>,
    /// Whether a message has come just before the door was shut.
    pub(super) late: Cell<bool>,
    pub(super) steps: RefCell<Vec<Step>>,
    /// What has been taken out, in order.
    pub(super) taken: RefCell<Vec<Vec<u8>>>,
    /// Whether somebody has waited for a message that does not come.
    pub(super) in_vain: Cell<bool>,
    /// Whether the event has happened, and to a queue that was there.
    pub(super) happened: Cell<bool>,
    event: Option<(Step, usize, Event)>,
}

impl Busy {
    /// A mailbox with so many messages in it, the second of which has no bytes.
    pub(super) fn new(room: &Room, count: usize) -> Busy {
        let busy = Busy {
            queue: queue(room),
            accepted: RefCell::default(),
            late: Cell::new(false),
            steps: RefCell::default(),
            taken: RefCell::default(),
            in_vain: Cell::new(false),
            happened: Cell::new(false),
            event: None,
        };
        for number in 1..=count {
            busy.somebody_sends(&match number {
                2 => String::new(),
                _ => format!("message {number}"),
            });
        }
        busy
    }

    pub(super) fn with(self, step: Step, nth: usize, event: Event) -> Busy {
        let event = Some((step, nth, event));
        Busy { event, ..self }
    }

    pub(super) fn has_made(&self, step: Step) -> bool {
        self.steps.borrow().contains(&step)
    }

    fn somebody_sends(&self, text: &str) -> bool {
        let accepted = send(self.queue.id(), 1, text.as_bytes()).is_ok();
        if accepted {
            self.accepted.borrow_mut().push(text.into());
        }
        accepted
    }

    fn make(&self, step: Step) -> nix::Result<()> {
        self.steps.borrow_mut().push(step);
        let count = self.steps.borrow().iter().filter(|made| **made == step).count();
        match self.event {
            Some((at, nth, event)) if at == step && nth == count => {
                let early =
                    self.steps.borrow().iter().rev().skip(1).any(|made| *made == Step::Remove);
                self.happened.set(!early);
                match event {
                    Event::Fails(errno) => Err(errno),
                    // If your function has done so before, another test says it.
                    Event::SomebodyRemoves => {
                        let _ = self.queue.remove();
                        Ok(())
                    }
                }
            }
            _ => Ok(()),
        }
    }
}

impl Mailbox for Busy {
    fn shut(&self) -> nix::Result<()> {
        self.make(Step::Shut)?;
        let late = self.somebody_sends("sent before the door was shut");
        self.late.set(late);
        self.queue.shut()
    }

    fn take(&self) -> nix::Result<Option<Vec<u8>>> {
        self.make(Step::Take)?;
        let text = self.queue.take()?;
        self.taken.borrow_mut().extend(text.clone());
        Ok(text)
    }

    fn wait(&self) -> nix::Result<Vec<u8>> {
        self.make(Step::Wait)?;
        match self.queue.take()? {
            Some(text) => {
                self.taken.borrow_mut().push(text.clone());
                Ok(text)
            }
            None => {
                assert!(!self.in_vain.replace(true), "you wait once more, and no message comes");
                Err(Errno::EDEADLK)
            }
        }
    }

    fn remove(&self) -> nix::Result<()> {
        self.make(Step::Remove)?;
        self.somebody_sends("sent before the removal");
        self.queue.remove()
    }
}
