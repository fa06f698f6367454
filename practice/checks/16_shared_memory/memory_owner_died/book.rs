//! A mutex of the test's own, and a book in which each step is.

use super::*;
use practice::yours;
use std::cell::RefCell;

/// What the three functions return, and who panics.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Plan {
    pub(super) lock: i32,
    pub(super) consistent: i32,
    pub(super) unlock: i32,
    pub(super) repair_panics: bool,
    pub(super) work_panics: bool,
}

#[derive(Default)]
struct Book {
    plan: Plan,
    steps: RefCell<Vec<&'static str>>,
}

impl Book {
    fn step(&self, name: &'static str, number: i32) -> i32 {
        self.steps.borrow_mut().push(name);
        // Somebody may read it, where nothing has been written.
        Errno::E2BIG.set();
        number
    }
}

impl RobustMutex for Book {
    fn lock(&self) -> i32 {
        self.step("lock", self.plan.lock)
    }

    fn consistent(&self) -> i32 {
        self.step("consistent", self.plan.consistent)
    }

    fn unlock(&self) -> i32 {
        self.step("unlock", self.plan.unlock)
    }
}

/// How a call has ended, and what was done in it.
#[derive(Debug)]
pub(super) struct Ended {
    /// `None` after a panic.
    pub(super) returned: Option<nix::Result<u32>>,
    pub(super) steps: Vec<&'static str>,
}

impl Ended {
    /// What was returned, in words.
    pub(super) fn said(&self) -> String {
        let returned = self.returned.as_ref();
        returned.map_or("nothing, for it panics".to_owned(), |returned| format!("{returned:?}"))
    }

    pub(super) fn count(&self, step: &str) -> usize {
        self.steps.iter().filter(|done| **done == step).count()
    }

    pub(super) fn position(&self, step: &str) -> Option<usize> {
        self.steps.iter().position(|done| *done == step)
    }
}

/// Calls your function with this plan.
#[track_caller]
pub(super) fn ask(plan: Plan, at: &str) -> Ended {
    let book = Book { plan, ..Book::default() };
    let repair = || {
        book.step("repair", 0);
        assert!(!plan.repair_panics, "what is wrong cannot be repaired");
    };
    let work = || {
        book.step("work", 0);
        assert!(!plan.work_panics, "the work goes wrong");
        4242
    };
    let panics = plan.repair_panics || plan.work_panics;
    let returned = if panics {
        support::caught(|| with_lock(&book, repair, work)).ok()
    } else {
        Some(yours(at, || with_lock(&book, repair, work)))
    };
    Ended { returned, steps: book.steps.take() }
}
