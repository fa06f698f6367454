//! A machine on which each run takes a time of its own, and a book in which all of it is.

use super::*;
use nix::errno::Errno;
use std::cell::{Cell, RefCell};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Prepare(char),
    Run(char),
    Look,
}

/// More than any right function does.
const STEPS: usize = 10_000;

#[derive(Default)]
pub(super) struct Machine {
    pub(super) now: Cell<Duration>,
    pub(super) steps: RefCell<Vec<Step>>,
    /// What the preparation or run with this number fails with: 1 is the first.
    pub(super) fails: Option<(usize, Errno)>,
}

/// What a preparation takes: much longer than any run.
pub(super) const PREPARATION: Duration = Duration::from_secs(1);

/// What run number `nth` of this contender takes, from 0 on. No two take the same.
pub(super) fn takes(who: char, nth: usize) -> Duration {
    let factor = if who == 'a' { 100 } else { 250 };
    // The first ones are slow, and the machine gets warm.
    let cold = if nth < WARM_UP { 5_000 } else { 0 };
    Duration::from_micros(factor + cold + nth as u64)
}

impl Machine {
    /// What your function returns, for so many rounds.
    #[track_caller]
    pub(super) fn ask(&self, rounds: usize) -> nix::Result<Vec<Round>> {
        let (mut a, mut b) = (Half(self, 'a'), Half(self, 'b'));
        yours(format!("{rounds} rounds"), || compare(self, &mut a, &mut b, rounds))
    }

    /// How often this contender has run.
    pub(super) fn runs(&self, who: char) -> usize {
        self.steps.borrow().iter().filter(|step| **step == Step::Run(who)).count()
    }

    /// Who has run, in this order.
    pub(super) fn order(&self) -> String {
        let steps = self.steps.borrow();
        let runs = steps.iter().filter_map(|step| match step {
            Step::Run(who) => Some(*who),
            _ => None,
        });
        runs.collect()
    }

    fn step(&self, step: Step, takes: Duration) -> nix::Result<()> {
        self.steps.borrow_mut().push(step);
        self.now.set(self.now.get() + takes);
        let done = self.done();
        match self.fails {
            Some((nth, errno)) if nth == done => Err(errno),
            _ if done > STEPS => Err(Errno::ELOOP),
            _ => Ok(()),
        }
    }

    /// How many preparations and runs there were.
    pub(super) fn done(&self) -> usize {
        self.steps.borrow().iter().filter(|step| **step != Step::Look).count()
    }
}

impl Clock for Machine {
    fn now(&self) -> Duration {
        self.steps.borrow_mut().push(Step::Look);
        self.now.get()
    }

    fn pause(&self, time: Duration) {
        self.now.set(self.now.get() + time);
    }
}

struct Half<'machine>(&'machine Machine, char);

impl Contender for Half<'_> {
    fn prepare(&mut self) -> nix::Result<()> {
        self.0.step(Step::Prepare(self.1), PREPARATION)
    }

    fn run(&mut self) -> nix::Result<()> {
        self.0.step(Step::Run(self.1), takes(self.1, self.0.runs(self.1)))
    }
}
