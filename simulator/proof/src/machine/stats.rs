//! What was compared, in numbers.

use std::collections::BTreeMap;
use std::fmt;

use simulator::{Ended, Errno, Outcome};

use crate::calls::Call;

use super::operation::Action;
use super::step::Step;
use super::view::View;

/// How much was compared, and what came of it.
#[derive(Clone, Debug, Default)]
pub struct Stats {
    /// How many operations were made.
    pub operations: u64,
    /// How many cases were played to the end.
    pub cases: u64,
    /// How often each call ended in each way. Those that slept are counted when they fall asleep
    /// and when they end.
    pub ends: BTreeMap<(&'static str, &'static str), u64>,
    /// After how many operations several processes woke.
    pub together: u64,
    /// How often the kernel showed another order than that of waking. (It takes another one more
    /// often: not all is seen at once.)
    pub surprises: u64,
    /// The most states of the model that could not be told apart.
    pub states: usize,
}

impl Stats {
    pub(super) fn count(&mut self, step: &Step, seen: &View, states: usize) {
        self.operations += 1;
        self.together += u64::from(seen.woken.len() > 1);
        self.states = self.states.max(states);
        let mut end = |call, end| *self.ends.entry((call, end)).or_default() += 1;
        let errno = |failed: Option<&Errno>| failed.map_or("done", |errno| errno.name());
        match &seen.answer {
            Outcome::Asleep => end(step.action.name(), "asleep"),
            Outcome::Done(result) => end(step.action.name(), errno(result.as_ref().err())),
        }
        for (_, ended) in &seen.woken {
            match ended {
                Ended::Received(result) => end("msgrcv, woken", errno(result.as_ref().err())),
                Ended::Sent(result) => end("msgsnd, woken", errno(result.as_ref().err())),
            }
        }
    }
}

impl fmt::Display for Stats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut last = "";
        for ((call, end), count) in &self.ends {
            if *call != last {
                let line_end = if last.is_empty() { "" } else { "\n" };
                write!(f, "{line_end}  {call}:")?;
                last = call;
            }
            write!(f, " {end} {count}")?;
        }
        let line_end = if last.is_empty() { "" } else { "\n" };
        let Stats { together, states, surprises, .. } = self;
        write!(
            f,
            "{line_end}  several woke at once: {together} times; in another order: {surprises}; \
             states of the model: {states} at most"
        )
    }
}

impl Action {
    fn name(&self) -> &'static str {
        match self {
            Action::Call(Call::Get { .. }) => "msgget",
            Action::Call(Call::Send { .. }) => "msgsnd",
            Action::Call(Call::Receive { .. }) => "msgrcv",
            Action::Call(Call::Stat { .. }) => "IPC_STAT",
            Action::Call(Call::Set { .. }) => "IPC_SET",
            Action::Call(Call::Remove { .. }) => "IPC_RMID",
            Action::Interrupt => "signal",
            Action::Churn(_) => "many queues",
            Action::Become(_) => "setuid",
            Action::Limit(_) => "limits",
        }
    }
}
