//! The calls that the model and the kernel have in common.

use serde::{Deserialize, Serialize};
use simulator::{Credentials, Ended, Errno, Id, Limits, Message, Outcome, Pid, Settings, Status};

/// A call with its arguments.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Call {
    /// `msgget`.
    Get { key: i32, flags: i32 },
    /// `msgsnd`.
    Send { id: Id, mtype: i64, text: Vec<u8>, flags: i32 },
    /// `msgrcv`.
    Receive { id: Id, size: usize, msgtyp: i64, flags: i32 },
    /// `IPC_STAT`.
    Stat { id: Id },
    /// `IPC_SET`.
    Set { id: Id, settings: Settings },
    /// `IPC_RMID`.
    Remove { id: Id },
}

/// What a call returned.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Value {
    Nothing,
    Id(Id),
    Message(Message),
    Status(Status),
}

/// A kernel with message queues, the model or the real one, and the processes that call it.
///
/// Messages that come from here have the serial 0: the kernel numbers none.
pub trait Calls {
    /// Makes a call.
    fn call(&mut self, pid: Pid, call: Call) -> Outcome<Value>;
    /// Changes what the namespace allows, from now on.
    fn set_limits(&mut self, limits: Limits);
    /// A new process.
    fn spawn(&mut self, who: Credentials) -> Pid;
    /// Makes a process somebody else, which must not be asleep.
    fn set_credentials(&mut self, pid: Pid, who: Credentials);
    /// Sends a process a signal for which it has a handler.
    fn interrupt(&mut self, pid: Pid);
    /// The calls that were asleep and have ended since this was last asked, in the order in which
    /// they did.
    fn woken(&mut self) -> Vec<(Pid, Ended)>;
    /// Whether this process is asleep in a call.
    fn is_asleep(&self, pid: Pid) -> bool;

    /// The queues there are, in the order of their slots, as nobody asks but an onlooker who may
    /// see all.
    fn ids(&self) -> Vec<Id>;
    /// What `IPC_STAT` tells an onlooker who may see all.
    fn observe(&self, id: Id) -> Option<Status>;
    /// The messages in a queue, the oldest first. Looking leaves no trace.
    fn contents(&self, id: Id) -> Vec<Message>;

    /// Makes or finds a queue.
    ///
    /// # Errors
    ///
    /// What the manual of the call says, here and in the others.
    fn msgget(&mut self, pid: Pid, key: i32, flags: i32) -> Result<Id, Errno> {
        match self.call(pid, Call::Get { key, flags }).done()? {
            Value::Id(id) => Ok(id),
            other => unreachable!("msgget returned {other:?}"),
        }
    }

    /// Sends a message.
    fn msgsnd(&mut self, pid: Pid, id: Id, mtype: i64, text: &[u8], flags: i32) -> Outcome<()> {
        let text = text.to_vec();
        let send = Call::Send { id, mtype, text, flags };
        self.call(pid, send).map(drop)
    }

    /// Receives a message.
    fn msgrcv(
        &mut self,
        pid: Pid,
        id: Id,
        size: usize,
        msgtyp: i64,
        flags: i32,
    ) -> Outcome<Message> {
        let receive = Call::Receive { id, size, msgtyp, flags };
        self.call(pid, receive).map(|value| match value {
            Value::Message(message) => message,
            other => unreachable!("msgrcv returned {other:?}"),
        })
    }

    /// `IPC_STAT`.
    ///
    /// # Errors
    ///
    /// See [`Calls::msgget`].
    fn stat(&mut self, pid: Pid, id: Id) -> Result<Status, Errno> {
        match self.call(pid, Call::Stat { id }).done()? {
            Value::Status(status) => Ok(status),
            other => unreachable!("IPC_STAT returned {other:?}"),
        }
    }

    /// `IPC_SET`.
    ///
    /// # Errors
    ///
    /// See [`Calls::msgget`].
    fn set(&mut self, pid: Pid, id: Id, settings: Settings) -> Result<(), Errno> {
        self.call(pid, Call::Set { id, settings }).done().map(drop)
    }

    /// `IPC_RMID`.
    ///
    /// # Errors
    ///
    /// See [`Calls::msgget`].
    fn remove(&mut self, pid: Pid, id: Id) -> Result<(), Errno> {
        self.call(pid, Call::Remove { id }).done().map(drop)
    }
}
