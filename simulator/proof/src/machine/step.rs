//! One step, with all its numbers known, and what it came to.

use simulator::{Errno, IPC_PRIVATE, Outcome, Pid};

use crate::calls::Value;
use crate::{Calls, Route};

use super::operation::Action;

/// What is done and who does it.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// Who calls.
    pub(super) pid: Pid,
    /// How, on the kernel's side.
    pub(super) route: Route,
    /// What is done.
    pub(super) action: Action,
}

/// What a step came to: nothing where it was no call.
pub(super) type Answer = Outcome<Value>;

impl Step {
    /// Makes the step on one of the two sides.
    pub(super) fn make(&self, side: &mut impl Calls) -> Answer {
        let pid = self.pid;
        match &self.action {
            Action::Call(call) => return side.call(pid, call.clone()),
            Action::Interrupt => side.interrupt(pid),
            Action::Churn(count) => {
                let made = (0..*count).map(|_| {
                    let id = side.msgget(pid, IPC_PRIVATE, 0)?;
                    side.remove(pid, id).map(|()| id)
                });
                let last = made.last().unwrap_or(Err(Errno::ENOENT));
                return Outcome::Done(last.map(Value::Id));
            }
            Action::Become(who) => side.set_credentials(pid, who.clone()),
            Action::Limit(limits) => side.set_limits(*limits),
        }
        Outcome::Done(Ok(Value::Nothing))
    }

    /// Whether it was a call that came to something.
    pub(super) fn answers(&self) -> bool {
        matches!(self.action, Action::Call(_) | Action::Churn(_))
    }
}
