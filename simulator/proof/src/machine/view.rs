//! What can be seen after a step.

use simulator::{Ended, Id, Pid, Status};

use crate::Calls;

use super::step::{Answer, TypedText};

/// All that can be seen of one of the sides after a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct View {
    /// What the call returned.
    pub(super) answer: Answer,
    /// Who was woken, and with what.
    pub(super) woken: Vec<(Pid, Answer)>,
    /// Who is asleep.
    pub(super) asleep: Vec<Pid>,
    /// The queues by slot.
    pub(super) queues: Vec<(Id, Status, Vec<TypedText>)>,
}

impl View {
    /// Looks at a side after a call of which this is the answer. `processes` is how many there are.
    pub(super) fn of(side: &mut impl Calls, answer: Answer, processes: usize) -> View {
        let woken = side.woken().into_iter().map(ended).collect();
        View::with_woken(side, answer, woken, processes)
    }

    pub(super) fn with_woken(
        side: &impl Calls,
        answer: Answer,
        woken: Vec<(Pid, Answer)>,
        processes: usize,
    ) -> View {
        let asleep = pids(processes).filter(|pid| side.is_asleep(*pid));
        let queues = side.ids().into_iter().filter_map(|id| {
            let messages = side.contents(id).into_iter();
            let messages = messages.map(|message| (message.mtype, message.text));
            Some((id, side.observe(id)?, messages.collect()))
        });
        View {
            answer,
            woken,
            asleep: asleep.collect(),
            queues: queues.collect(),
        }
    }

    /// The status of a queue that is there.
    #[must_use]
    pub(super) fn status(&self, id: Id) -> Option<&Status> {
        let mut queues = self.queues.iter();
        queues.find_map(|(there, status, _)| (*there == id).then_some(status))
    }
}

/// The processes of a case, from the first.
pub(super) fn pids(processes: usize) -> impl Iterator<Item = Pid> {
    let last = i32::try_from(processes).expect("a case has few processes");
    (1..=last).map(Pid)
}

pub(super) fn ended((pid, ended): (Pid, Ended)) -> (Pid, Answer) {
    let answer = match ended {
        Ended::Sent(result) => Answer::Done(result),
        Ended::Received(result) => {
            Answer::Message(result.map(|message| (message.mtype, message.text)))
        }
    };
    (pid, answer)
}
