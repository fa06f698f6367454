//! The model, asked as the kernel is.

use simulator::{
    Credentials, Ended, Errno, Id, Kernel, Limits, Message, Outcome, Pid, Settings, Status,
};

use crate::Calls;

impl Calls for Kernel {
    fn set_limits(&mut self, limits: Limits) {
        Kernel::set_limits(self, limits);
    }

    fn spawn(&mut self, who: Credentials) -> Pid {
        Kernel::spawn(self, who)
    }

    fn set_credentials(&mut self, pid: Pid, who: Credentials) {
        Kernel::set_credentials(self, pid, who);
    }

    fn msgget(&mut self, pid: Pid, key: i32, flags: i32) -> Result<Id, Errno> {
        Kernel::msgget(self, pid, key, flags)
    }

    fn msgsnd(&mut self, pid: Pid, id: Id, mtype: i64, text: &[u8], flags: i32) -> Outcome<()> {
        Kernel::msgsnd(self, pid, id, mtype, text, flags)
    }

    fn msgrcv(
        &mut self,
        pid: Pid,
        id: Id,
        size: usize,
        msgtyp: i64,
        flags: i32,
    ) -> Outcome<Message> {
        match Kernel::msgrcv(self, pid, id, size, msgtyp, flags) {
            Outcome::Done(result) => Outcome::Done(result.map(unnumbered)),
            Outcome::Asleep => Outcome::Asleep,
        }
    }

    fn stat(&mut self, pid: Pid, id: Id) -> Result<Status, Errno> {
        Kernel::stat(self, pid, id)
    }

    fn set(&mut self, pid: Pid, id: Id, settings: Settings) -> Result<(), Errno> {
        Kernel::set(self, pid, id, settings)
    }

    fn remove(&mut self, pid: Pid, id: Id) -> Result<(), Errno> {
        Kernel::remove(self, pid, id)
    }

    fn interrupt(&mut self, pid: Pid) {
        Kernel::interrupt(self, pid);
    }

    fn woken(&mut self) -> Vec<(Pid, Ended)> {
        let ended = Kernel::woken(self).into_iter();
        let unnumbered = |ended| match ended {
            Ended::Received(result) => Ended::Received(result.map(unnumbered)),
            sent @ Ended::Sent(_) => sent,
        };
        ended.map(|(pid, ended)| (pid, unnumbered(ended))).collect()
    }

    fn is_asleep(&self, pid: Pid) -> bool {
        self.sleeping(pid).is_some()
    }

    fn ids(&self) -> Vec<Id> {
        self.queues().map(simulator::Queue::id).collect()
    }

    fn observe(&self, id: Id) -> Option<Status> {
        self.queue(id).map(|queue| queue.status().clone())
    }

    fn contents(&self, id: Id) -> Vec<Message> {
        let messages = self
            .queue(id)
            .into_iter()
            .flat_map(|queue| queue.messages());
        messages.cloned().map(unnumbered).collect()
    }
}

/// The kernel numbers no messages.
fn unnumbered(message: Message) -> Message {
    Message {
        serial: 0,
        ..message
    }
}
