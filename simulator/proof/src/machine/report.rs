//! A difference, reported so that a person can follow it.

use std::fmt;

use simulator::{Ended, Pid};

use super::case::Case;
use super::people::{called, rights};
use super::step::{Answer, Step};
use super::view::View;
use super::words;

/// The model and the kernel disagree: how it came to it, and in what.
#[derive(Clone, Debug)]
pub struct Difference {
    pub(super) case: Case,
    pub(super) played: Vec<Played>,
    pub(super) kernel: View,
    pub(super) model: View,
}

/// A step and what the kernel did.
#[derive(Clone, Debug)]
pub(super) struct Played {
    pub(super) step: Step,
    pub(super) answer: Answer,
    pub(super) woken: Vec<(Pid, Ended)>,
}

impl Difference {
    /// How many steps lead to it.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.played.len()
    }

    fn name(&self, pid: Pid) -> String {
        let index = usize::try_from(pid.0 - 1).unwrap_or_default();
        let who = self.case.processes.get(index);
        format!("process {pid}{}", who.map_or_else(String::new, called))
    }

    /// The processes that do something, each with its rights.
    fn cast(&self) -> Vec<String> {
        let played = |pid| self.played.iter().any(|played| played.step.pid == pid);
        let everybody = self.case.processes.iter().zip(1..);
        everybody
            .filter(|(_, number)| played(Pid(*number)))
            .filter_map(|(who, number)| Some(format!("process {number} {}", rights(who)?)))
            .collect()
    }

    fn disagreements(&self) -> Vec<String> {
        let (kernel, model) = (&self.kernel, &self.model);
        let mut all = Vec::new();
        let mut note = |what: &str, of: &dyn Fn(&View) -> String| {
            let (kernel, model) = (of(kernel), of(model));
            all.push(format!("{what} in the kernel {kernel}; in the model {model}"));
        };
        if kernel.answer != model.answer {
            note("the call:", &|view| words::answer(&view.answer));
        }
        if kernel.woken != model.woken {
            note("who wakes:", &|view| {
                let woken = view.woken.iter();
                let each = woken.map(|(pid, end)| format!("process {pid}, {}", words::end(end)));
                words::list(each.collect(), "nobody")
            });
        }
        if kernel.asleep != model.asleep {
            note("who sleeps:", &|view| {
                let asleep = view.asleep.iter().map(|pid| format!("process {pid}"));
                words::list(asleep.collect(), "nobody")
            });
        }
        if kernel.queues != model.queues {
            note("the queues:", &|view| {
                let queues = view.queues.iter().map(words::queue);
                format!("\n      {}", words::list(queues.collect(), "none"))
            });
        }
        all
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "In a namespace with {}:", words::limits(&self.case.limits))?;
        for line in self.cast() {
            writeln!(f, "  ({line})")?;
        }
        for (number, played) in self.played.iter().enumerate() {
            let Played { step, answer, woken } = played;
            let action = words::action(&step.action);
            let name = self.name(step.pid);
            let outcome = match answer {
                _ if !step.answers() => String::new(),
                answer => format!(": it {}", words::answer(answer)),
            };
            writeln!(f, "  {:2}. {name} {action}{outcome}.", number + 1)?;
            for (pid, end) in woken {
                writeln!(f, "      {} wakes: {}.", self.name(*pid), words::end(end))?;
            }
        }
        writeln!(f, "That is what the kernel did. Here the model differs in:")?;
        for line in self.disagreements() {
            writeln!(f, "  - {line}.")?;
        }
        Ok(())
    }
}

impl std::error::Error for Difference {}
