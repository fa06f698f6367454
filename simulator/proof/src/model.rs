//! The model, asked as the kernel is.

use simulator::{Credentials, Ended, Id, Kernel, Limits, Message, Outcome, Pid, Queue, Status};

use crate::Calls;
use crate::calls::{Call, Value};

impl Calls for Kernel {
    fn call(&mut self, pid: Pid, call: Call) -> Outcome<Value> {
        let nothing = |()| Value::Nothing;
        Outcome::Done(match call {
            Call::Get { key, flags } => self.msgget(pid, key, flags).map(Value::Id),
            Call::Send { id, mtype, text, flags } => {
                return self.msgsnd(pid, id, mtype, &text, flags).map(nothing);
            }
            Call::Receive { id, size, msgtyp, flags } => {
                let outcome = self.msgrcv(pid, id, size, msgtyp, flags);
                return outcome.map(|message| Value::Message(unnumbered(message)));
            }
            Call::Stat { id } => Kernel::stat(self, pid, id).map(Value::Status),
            Call::Set { id, settings } => self.set(pid, id, settings).map(nothing),
            Call::Remove { id } => self.remove(pid, id).map(nothing),
        })
    }

    fn set_limits(&mut self, limits: Limits) {
        Kernel::set_limits(self, limits);
    }

    fn spawn(&mut self, who: Credentials) -> Pid {
        Kernel::spawn(self, who)
    }

    fn set_credentials(&mut self, pid: Pid, who: Credentials) {
        Kernel::set_credentials(self, pid, who);
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
        self.queues().map(Queue::id).collect()
    }

    fn observe(&self, id: Id) -> Option<Status> {
        self.queue(id).map(|queue| queue.status().clone())
    }

    fn contents(&self, id: Id) -> Vec<Message> {
        let messages = self.queue(id).into_iter().flat_map(Queue::messages);
        messages.cloned().map(unnumbered).collect()
    }
}

/// The kernel numbers no messages.
fn unnumbered(message: Message) -> Message {
    Message { serial: 0, ..message }
}
