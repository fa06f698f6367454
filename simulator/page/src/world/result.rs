//! What a line's call came to.

use alloc::string::ToString;

use simulator::{Ended, Errno, Id, Outcome, Pid, Status};

use super::World;
use crate::code::End;
use crate::session::{Call, Message};

/// What a line's call came to.
pub(crate) enum Result {
    /// No call: `use`, `limit`, `uid`, `interrupt`.
    Nothing,
    Got(core::result::Result<Id, Errno>),
    Sent(Outcome<()>),
    Received(Outcome<simulator::Message>),
    /// `IPC_STAT`, `IPC_SET` or `IPC_RMID`; the status is that before the call.
    Controlled(core::result::Result<Status, Errno>),
    /// `IPC_SET`, for which `IPC_STAT` comes first.
    NotEvenRead(Errno),
}

impl Result {
    pub(crate) fn end(&self) -> End {
        match self {
            Result::Got(Err(errno)) | Result::Controlled(Err(errno)) => End::Failed(*errno),
            Result::Sent(Outcome::Done(Err(errno)))
            | Result::Received(Outcome::Done(Err(errno))) => End::Failed(*errno),
            Result::NotEvenRead(errno) => End::NotEvenRead(*errno),
            Result::Sent(Outcome::Asleep) | Result::Received(Outcome::Asleep) => End::Asleep,
            _ => End::Done,
        }
    }

    /// What the call returned, if it did not fail.
    fn value(&self) -> i64 {
        match self {
            Result::Got(Ok(id)) => id.0.into(),
            Result::Received(Outcome::Done(Ok(message))) => message.text.len() as i64,
            _ => 0,
        }
    }
}

impl World {
    pub(crate) fn call(&self, pid: Pid, result: &Result) -> Option<Call> {
        let name = match result {
            Result::Nothing => return None,
            Result::Got(_) => "msgget",
            Result::Sent(_) => "msgsnd",
            Result::Received(_) => "msgrcv",
            Result::Controlled(_) | Result::NotEvenRead(_) => "msgctl",
        };
        let (value, errno) = match result.end() {
            End::Done => (Some(result.value()), None),
            End::Failed(errno) | End::NotEvenRead(errno) => (Some(-1), Some(errno.name())),
            End::Asleep => (None, None),
        };
        let message = match result {
            Result::Received(Outcome::Done(Ok(message))) => Some(Message::from(message)),
            _ => None,
        };
        let process = self.actors.name(pid).to_string();
        Some(Call { process, name, value, errno, asleep: value.is_none(), message })
    }

    /// The call of a sleeper that has ended.
    pub(crate) fn ended(&self, pid: Pid, ended: &Ended) -> Call {
        let (name, result) = match ended {
            Ended::Sent(sent) => ("msgsnd", sent.map(|()| None)),
            Ended::Received(received) => {
                ("msgrcv", received.as_ref().map(Some).map_err(|errno| *errno))
            }
        };
        Call {
            process: self.actors.name(pid).to_string(),
            name,
            value: Some(
                result.map_or(-1, |message| message.map_or(0, |message| message.text.len() as i64)),
            ),
            errno: result.err().map(Errno::name),
            asleep: false,
            message: result.ok().flatten().map(Message::from),
        }
    }
}
