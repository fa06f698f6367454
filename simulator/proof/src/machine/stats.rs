//! What was compared, in numbers.

use std::collections::BTreeMap;
use std::fmt;

use super::step::{Answer, Call, Step};
use super::view::View;

/// How much was compared, and what came of it.
#[derive(Clone, Debug, Default)]
pub struct Stats {
    /// How many operations were made.
    pub operations: u64,
    /// How many cases were played to the end.
    pub cases: u64,
    /// How often each call ended in each way. Those that slept are counted when they fall asleep and
    /// when they end.
    pub ends: BTreeMap<(&'static str, &'static str), u64>,
    /// After how many operations several processes woke.
    pub together: u64,
    /// How often the kernel showed another order than that of waking. (It takes another one more often: not all
    /// is seen at once.)
    pub surprises: u64,
    /// The most states of the model that could not be told apart.
    pub states: usize,
}

impl Stats {
    pub(super) fn count(&mut self, step: &Step, seen: &View, states: usize) {
        self.operations += 1;
        self.together += u64::from(seen.woken.len() > 1);
        self.states = self.states.max(states);
        self.end(step.call.name(), &seen.answer);
        for (_, answer) in &seen.woken {
            let call = match answer {
                Answer::Message(_) => "msgrcv, woken",
                _ => "msgsnd, woken",
            };
            self.end(call, answer);
        }
    }

    fn end(&mut self, call: &'static str, answer: &Answer) {
        *self.ends.entry((call, answer.name())).or_default() += 1;
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
        let Stats {
            together,
            states,
            surprises,
            ..
        } = self;
        write!(
            f,
            "{line_end}  several woke at once: {together} times; in another order: {surprises}; \
             states of the model: {states} at most"
        )
    }
}

impl Call {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Call::Get { .. } => "msgget",
            Call::Send { .. } => "msgsnd",
            Call::Receive { .. } => "msgrcv",
            Call::Stat { .. } => "IPC_STAT",
            Call::Set { .. } => "IPC_SET",
            Call::Remove { .. } => "IPC_RMID",
            Call::Interrupt => "signal",
            Call::Churn(_) => "many queues",
            Call::Become(_) => "setuid",
            Call::Limit(_) => "limits",
        }
    }
}

impl Answer {
    fn name(&self) -> &'static str {
        match self {
            Answer::Id(Err(errno))
            | Answer::Done(Err(errno))
            | Answer::Message(Err(errno))
            | Answer::Status(Err(errno)) => errno.name(),
            Answer::Asleep => "asleep",
            _ => "done",
        }
    }
}
