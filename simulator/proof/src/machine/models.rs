//! The model's side: the states that the kernel may be in.

use std::collections::{BTreeMap, HashSet};

use simulator::{Call, Ended, Kernel, Pid};

use crate::Calls;

use super::case::Case;
use super::step::Step;
use super::view::View;

/// One state of the model, or several that cannot be told apart yet.
pub(super) struct Models {
    states: Vec<Kernel>,
    /// Whether woken processes run in the order of waking: then there is one state.
    in_order: bool,
    processes: usize,
    /// How often the kernel did what the model does not do when it is not paused.
    pub(super) surprises: u64,
}

impl Models {
    /// The model of a case before its first step.
    #[must_use]
    pub(super) fn new(case: &Case, in_order: bool) -> Models {
        let mut kernel = Kernel::new(case.limits);
        for credentials in &case.processes {
            Calls::spawn(&mut kernel, credentials.clone());
        }
        if !in_order {
            kernel.pause();
        }
        Models { states: vec![kernel], in_order, processes: case.processes.len(), surprises: 0 }
    }

    /// How many states there are.
    #[must_use]
    pub(super) fn count(&self) -> usize {
        self.states.len()
    }

    /// Makes a step, and keeps the states that look like what was seen of the kernel.
    ///
    /// # Errors
    ///
    /// What the model would have shown instead; of several states, the first.
    pub(super) fn step(&mut self, step: &Step, seen: &View) -> Result<(), Box<View>> {
        if self.in_order {
            return self.step_in_order(step, seen);
        }
        let mut kept = HashSet::new();
        let mut other = None;
        let mut expected = false;
        for mut state in std::mem::take(&mut self.states) {
            let answer = step.make(&mut state);
            let usual = in_order(state.clone());
            for (state, woken) in outcomes(state) {
                let pairs = woken.clone().into_iter().collect();
                let view = View::with_woken(&state, answer.clone(), pairs, self.processes);
                if same_in_any_order(&view, seen) {
                    expected |= usual == (state.clone(), woken);
                    kept.insert(state);
                } else {
                    other.get_or_insert(view);
                }
            }
        }
        self.surprises += u64::from(!expected);
        self.states.extend(kept);
        match other {
            Some(view) if self.states.is_empty() => Err(Box::new(view)),
            _ => Ok(()),
        }
    }

    fn step_in_order(&mut self, step: &Step, seen: &View) -> Result<(), Box<View>> {
        let state = &mut self.states[0];
        let answer = step.make(state);
        let view = View::of(state, answer, self.processes);
        if view == *seen { Ok(()) } else { Err(Box::new(view)) }
    }
}

type Woken = BTreeMap<Pid, Ended>;

/// Everything that may come of the woken running in any order, one step of one of them at a time.
///
/// While no sender is among them, a receiver is run to its end: nothing can happen between its
/// steps.
fn outcomes(state: Kernel) -> HashSet<(Kernel, Woken)> {
    let mut quiet = HashSet::new();
    let mut met = HashSet::new();
    let mut ahead = vec![collect(state, &Woken::new())];
    while let Some((state, woken)) = ahead.pop() {
        if state.runnable().is_empty() {
            quiet.insert((state, woken));
            continue;
        }
        for pid in state.runnable() {
            let mut next = state.clone();
            next.run(*pid);
            while !state.runnable().iter().any(|pid| sends(&state, *pid))
                && next.runnable().contains(pid)
            {
                next.run(*pid);
            }
            let next = collect(next, &woken);
            if met.insert(next.clone()) {
                ahead.push(next);
            }
        }
    }
    quiet
}

fn sends(state: &Kernel, pid: Pid) -> bool {
    let sleep = state.sleeping(pid);
    sleep.is_some_and(|sleep| matches!(sleep.call, Call::Send(_)))
}

/// What comes of it if they run in the order in which they were woken.
fn in_order(mut state: Kernel) -> (Kernel, Woken) {
    state.run_all();
    collect(state, &Woken::new())
}

/// Puts down who has returned since, so that their order makes no difference.
fn collect(mut state: Kernel, before: &Woken) -> (Kernel, Woken) {
    let ended = Calls::woken(&mut state);
    let woken = before.clone().into_iter().chain(ended).collect();
    (state, woken)
}

fn same_in_any_order(view: &View, seen: &View) -> bool {
    let sorted: Woken = seen.woken.iter().cloned().collect();
    view.woken.iter().cloned().eq(sorted)
        && view.answer == seen.answer
        && view.asleep == seen.asleep
        && view.queues == seen.queues
}
