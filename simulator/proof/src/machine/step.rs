//! One call, with all its numbers known, and what it returned.

use simulator::{Credentials, Errno, IPC_PRIVATE, Id, Limits, Outcome, Pid, Settings, Status};

use crate::{Calls, Route};

/// A call and who makes it.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// Who calls.
    pub(super) pid: Pid,
    /// How, on the kernel's side.
    pub(super) route: Route,
    /// What is called.
    pub(super) call: Call,
}

/// A call with its arguments.
#[derive(Clone, Debug)]
pub(super) enum Call {
    /// `msgget`.
    Get { key: i32, flags: i32 },
    /// `msgsnd`.
    Send {
        id: Id,
        mtype: i64,
        text: Vec<u8>,
        flags: i32,
    },
    /// `msgrcv`.
    Receive {
        id: Id,
        size: usize,
        msgtyp: i64,
        flags: i32,
    },
    /// `IPC_STAT`.
    Stat { id: Id },
    /// `IPC_SET`.
    Set { id: Id, settings: Settings },
    /// `IPC_RMID`.
    Remove { id: Id },
    /// A signal comes to the process.
    Interrupt,
    /// It makes and removes so many private queues, one after another.
    Churn(u8),
    /// The process is somebody else from now on.
    Become(Credentials),
    /// The namespace has other limits.
    Limit(Limits),
}

/// What a call came to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Answer {
    /// An id or an error.
    Id(Result<Id, Errno>),
    /// Nothing or an error.
    Done(Result<(), Errno>),
    /// A message or an error.
    Message(Result<TypedText, Errno>),
    /// A status or an error.
    Status(Result<Status, Errno>),
    /// It sleeps.
    Asleep,
    /// It was no call.
    Nothing,
}

/// A message as both sides know it: the type and the text.
pub(super) type TypedText = (i64, Vec<u8>);

impl Step {
    /// Makes the call on one of the two sides.
    pub(super) fn make(&self, side: &mut impl Calls) -> Answer {
        let pid = self.pid;
        match &self.call {
            Call::Get { key, flags } => Answer::Id(side.msgget(pid, *key, *flags)),
            Call::Send {
                id,
                mtype,
                text,
                flags,
            } => match side.msgsnd(pid, *id, *mtype, text, *flags) {
                Outcome::Done(result) => Answer::Done(result),
                Outcome::Asleep => Answer::Asleep,
            },
            Call::Receive {
                id,
                size,
                msgtyp,
                flags,
            } => match side.msgrcv(pid, *id, *size, *msgtyp, *flags) {
                Outcome::Done(result) => {
                    Answer::Message(result.map(|message| (message.mtype, message.text)))
                }
                Outcome::Asleep => Answer::Asleep,
            },
            Call::Stat { id } => Answer::Status(side.stat(pid, *id)),
            Call::Set { id, settings } => Answer::Done(side.set(pid, *id, *settings)),
            Call::Remove { id } => Answer::Done(side.remove(pid, *id)),
            Call::Interrupt => {
                side.interrupt(pid);
                Answer::Nothing
            }
            Call::Churn(count) => {
                let made = (0..*count).map(|_| {
                    let id = side.msgget(pid, IPC_PRIVATE, 0)?;
                    side.remove(pid, id).map(|()| id)
                });
                Answer::Id(made.last().unwrap_or(Err(Errno::ENOENT)))
            }
            Call::Become(who) => {
                side.set_credentials(pid, who.clone());
                Answer::Nothing
            }
            Call::Limit(limits) => {
                side.set_limits(*limits);
                Answer::Nothing
            }
        }
    }
}
