//! What can be seen after a step.

use simulator::{Ended, Id, Message, Pid, Status};

use crate::Calls;

use super::step::Answer;

/// All that can be seen of one of the sides after a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct View {
    /// What the call returned.
    pub(super) answer: Answer,
    /// Who was woken, and with what.
    pub(super) woken: Vec<(Pid, Ended)>,
    /// Who is asleep.
    pub(super) asleep: Vec<Pid>,
    /// The queues by slot.
    pub(super) queues: Vec<(Id, Status, Vec<Message>)>,
}

impl View {
    /// Looks at a side after a call of which this is the answer. `processes` is how many there are.
    pub(super) fn of(side: &mut impl Calls, answer: Answer, processes: usize) -> View {
        let woken = side.woken();
        View::with_woken(side, answer, woken, processes)
    }

    pub(super) fn with_woken(
        side: &impl Calls,
        answer: Answer,
        woken: Vec<(Pid, Ended)>,
        processes: usize,
    ) -> View {
        let asleep = pids(processes).filter(|pid| side.is_asleep(*pid));
        let queues = side.ids().into_iter().filter_map(|id| {
            let messages = side.contents(id);
            Some((id, side.observe(id)?, messages))
        });
        View { answer, woken, asleep: asleep.collect(), queues: queues.collect() }
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
