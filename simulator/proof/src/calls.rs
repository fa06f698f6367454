//! The calls that the model and the kernel have in common.

use simulator::{Credentials, Ended, Errno, Id, Limits, Message, Outcome, Pid, Settings, Status};

/// A kernel with message queues, the model or the real one, and the processes that call it.
///
/// Messages that come from here have the serial 0: the kernel numbers none.
pub trait Calls {
    /// Changes what the namespace allows, from now on.
    fn set_limits(&mut self, limits: Limits);
    /// A new process.
    fn spawn(&mut self, who: Credentials) -> Pid;
    /// Makes a process somebody else, which must not be asleep.
    fn set_credentials(&mut self, pid: Pid, who: Credentials);
    /// Makes or finds a queue.
    ///
    /// # Errors
    ///
    /// What msgget(2) says.
    fn msgget(&mut self, pid: Pid, key: i32, flags: i32) -> Result<Id, Errno>;
    /// Sends a message.
    fn msgsnd(&mut self, pid: Pid, id: Id, mtype: i64, text: &[u8], flags: i32) -> Outcome<()>;
    /// Receives a message.
    fn msgrcv(
        &mut self,
        pid: Pid,
        id: Id,
        size: usize,
        msgtyp: i64,
        flags: i32,
    ) -> Outcome<Message>;
    /// `IPC_STAT`.
    ///
    /// # Errors
    ///
    /// What msgctl(2) says, here and in the next two.
    fn stat(&mut self, pid: Pid, id: Id) -> Result<Status, Errno>;
    /// `IPC_SET`.
    ///
    /// # Errors
    ///
    /// See [`Calls::stat`].
    fn set(&mut self, pid: Pid, id: Id, settings: Settings) -> Result<(), Errno>;
    /// `IPC_RMID`.
    ///
    /// # Errors
    ///
    /// See [`Calls::stat`].
    fn remove(&mut self, pid: Pid, id: Id) -> Result<(), Errno>;
    /// Sends a process a signal for which it has a handler.
    fn interrupt(&mut self, pid: Pid);
    /// The calls that were asleep and have ended since this was last asked, in the order in which
    /// they did.
    fn woken(&mut self) -> Vec<(Pid, Ended)>;
    /// Whether this process is asleep in a call.
    fn is_asleep(&self, pid: Pid) -> bool;

    /// The queues there are, in the order of their slots, as nobody asks but an onlooker who may see all.
    fn ids(&self) -> Vec<Id>;
    /// What `IPC_STAT` tells an onlooker who may see all.
    fn observe(&self, id: Id) -> Option<Status>;
    /// The messages in a queue, the oldest first. Looking leaves no trace.
    fn contents(&self, id: Id) -> Vec<Message>;
}
