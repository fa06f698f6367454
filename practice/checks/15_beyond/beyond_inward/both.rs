//! A queue and a stream of the test's own, and a list of what was done to them.

use super::*;
use std::cell::RefCell;

/// A step, in the words of the book.
pub(super) type Step = String;

/// More than any right function does.
const STEPS: usize = 3_000;

#[derive(Default)]
pub(super) struct Both {
    pub(super) bytes: Vec<u8>,
    /// So many attempts find the queue full.
    pub(super) full: usize,
    /// The most that a message can have.
    pub(super) longest: usize,
    /// What the attempt after those fails with.
    pub(super) refused: Option<Errno>,
    /// What the step that begins so fails with, when it comes for the nth time.
    pub(super) fails: Option<(&'static str, usize, Errno)>,
    pub(super) steps: RefCell<Vec<Step>>,
    pub(super) arrived: RefCell<Vec<Vec<u8>>>,
}

impl Both {
    pub(super) fn with(bytes: &[u8]) -> Both {
        Both { bytes: bytes.to_vec(), longest: 8_192, ..Both::default() }
    }

    /// What your function returns.
    #[track_caller]
    pub(super) fn ask(&self, at: &str) -> nix::Result<Arrival> {
        let returned = yours(at, || bring_in(&mut Half(self), &mut Half(self)));
        assert!(
            self.steps.borrow().len() <= STEPS,
            "{at}: you do the same again and again, {STEPS} times, and it does not end"
        );
        returned
    }

    /// The steps, but for questions.
    pub(super) fn done(&self) -> Vec<Step> {
        let steps = self.steps.borrow();
        steps.iter().filter(|step| *step != "longest").cloned().collect()
    }

    pub(super) fn count(&self, name: &str) -> usize {
        self.steps.borrow().iter().filter(|step| step.starts_with(name)).count()
    }

    fn step(&self, step: &str) -> nix::Result<()> {
        self.steps.borrow_mut().push(step.to_owned());
        let failed =
            self.fails.filter(|(name, nth, _)| step.starts_with(name) && self.count(name) == *nth);
        match failed {
            Some((_, _, errno)) => Err(errno),
            None if self.steps.borrow().len() > STEPS => Err(Errno::ELOOP),
            None => Ok(()),
        }
    }
}

struct Half<'both>(&'both Both);

impl Target for Half<'_> {
    fn try_send(&mut self, bytes: &[u8]) -> nix::Result<()> {
        self.0.step("send")?;
        if self.0.count("send") <= self.0.full {
            return Err(Errno::EAGAIN);
        }
        if let Some(errno) = self.0.refused {
            return Err(errno);
        }
        if bytes.len() > self.0.longest {
            return Err(Errno::EINVAL);
        }
        self.0.arrived.borrow_mut().push(bytes.to_vec());
        Ok(())
    }

    fn longest(&mut self) -> nix::Result<usize> {
        self.0.step("longest")?;
        Ok(self.0.longest)
    }

    fn wait(&mut self) -> nix::Result<()> {
        self.0.step("wait")
    }
}

impl Delivery for Half<'_> {
    fn bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    fn ack(&mut self) -> nix::Result<()> {
        self.0.step("ack")
    }

    fn progress(&mut self) -> nix::Result<()> {
        self.0.step("progress")
    }

    fn term(&mut self, reason: &str) -> nix::Result<()> {
        self.0.step(&format!("term: {reason}"))
    }
}
