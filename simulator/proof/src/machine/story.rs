//! A difference, told so that a person can follow it.

use std::fmt;

use simulator::{Credentials, Errno, Pid};

use super::case::Case;
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
    pub(super) woken: Vec<(Pid, Answer)>,
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
        if kernel.answer != model.answer {
            let (kernel, model) = (words::answer(&kernel.answer), words::answer(&model.answer));
            all.push(format!("the call: the kernel {kernel}; the model {model}"));
        }
        if kernel.woken != model.woken {
            let told = |view: &View| {
                let woken = view.woken.iter();
                let each = woken.map(|(pid, end)| format!("process {pid}, {}", words::end(end)));
                words::list(each.collect(), "nobody")
            };
            let (kernel, model) = (told(kernel), told(model));
            all.push(format!(
                "who wakes: in the kernel {kernel}; in the model {model}"
            ));
        }
        if kernel.asleep != model.asleep {
            let told = |view: &View| {
                let asleep = view.asleep.iter();
                words::list(
                    asleep.map(|pid| format!("process {pid}")).collect(),
                    "nobody",
                )
            };
            let (kernel, model) = (told(kernel), told(model));
            all.push(format!(
                "who sleeps: in the kernel {kernel}; in the model {model}"
            ));
        }
        if kernel.queues != model.queues {
            let told =
                |view: &View| words::list(view.queues.iter().map(words::queue).collect(), "none");
            let (kernel, model) = (told(kernel), told(model));
            all.push(format!(
                "the queues:\n      in the kernel {kernel}\n      in the model  {model}"
            ));
        }
        all
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "In a namespace with {}:",
            words::limits(&self.case.limits)
        )?;
        for line in self.cast() {
            writeln!(f, "  ({line})")?;
        }
        for (number, played) in self.played.iter().enumerate() {
            let Played {
                step,
                answer,
                woken,
            } = played;
            let deed = words::call(&step.call);
            let name = self.name(step.pid);
            let outcome = match answer {
                Answer::Nothing => String::new(),
                answer => format!(": it {}", words::answer(answer)),
            };
            writeln!(f, "  {:2}. {name} {deed}{outcome}.", number + 1)?;
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

pub(super) fn called(who: &Credentials) -> String {
    match who.uid {
        0 => " (root)".to_owned(),
        uid => format!(" (user {uid})"),
    }
}

/// What else there is to know of a process.
pub(super) fn rights(who: &Credentials) -> Option<String> {
    let mut parts = Vec::new();
    if who.uid != 0 {
        let groups = [who.gid].into_iter().chain(who.groups.iter().copied());
        let groups: Vec<String> = groups.map(|gid| gid.to_string()).collect();
        parts.push(format!("is in the groups {}", groups.join(", ")));
        for (has, name) in [
            (who.capable.ipc_owner, "CAP_IPC_OWNER"),
            (who.capable.sys_admin, "CAP_SYS_ADMIN"),
            (who.capable.sys_resource, "CAP_SYS_RESOURCE"),
        ] {
            if has {
                parts.push(format!("has {name}"));
            }
        }
    }
    (!parts.is_empty()).then(|| parts.join(" and "))
}

/// An errno as a sentence has it.
pub(super) fn errno(errno: Errno) -> String {
    format!("fails with {}", errno.name())
}
