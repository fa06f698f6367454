//! The calls, made by real processes.

use simulator::{Credentials, Ended, Id, Limits, Message, Outcome, Pid, Status};

use super::{Actor, Answer, Kind, Real, Route};
use crate::calls::{Call, Value};
use crate::crates::USUAL;
use crate::process::{Process, Request};
use crate::raw::{self, LONGEST};
use crate::{Calls, namespace, observe};

impl Calls for Real {
    fn call(&mut self, pid: Pid, call: Call) -> Outcome<Value> {
        let (kind, roomy) = match call {
            Call::Send { .. } => (Kind::Send, true),
            Call::Receive { size, .. } => {
                let room = self.longest..=LONGEST;
                (Kind::Receive, self.longest <= USUAL && room.contains(&size))
            }
            _ => (Kind::Other, true),
        };
        let through_crates = self.route == Route::Crates && roomy;
        let request = Request::Call { call, through_crates };
        self.ask(pid, kind, &request).map(|value| match value {
            Value::Status(status) => Value::Status(self.named(status)),
            other => other,
        })
    }

    fn set_limits(&mut self, limits: Limits) {
        assert!(
            limits.msgmax as usize <= LONGEST,
            "messages of more than {LONGEST} bytes have no room here"
        );
        self.limits = limits;
        self.longest = self.longest.max(limits.msgmax as usize);
        namespace::set_limits(limits);
    }

    fn spawn(&mut self, who: Credentials) -> Pid {
        let process = self.idle.pop();
        let process = process.unwrap_or_else(|| Process::start(&self.replies.0, self.races));
        self.processes.push(Actor { process, busy: None });
        let pid = Pid(i32::try_from(self.processes.len()).expect("they are few"));
        let enter =
            Request::Enter { process: std::process::id() as i32, thread: support::this_thread() };
        if let Err(errno) = self.ask(pid, Kind::Other, &enter).done() {
            panic!("a process cannot enter the namespace: {errno}");
        }
        self.set_credentials(pid, who);
        pid
    }

    fn set_credentials(&mut self, pid: Pid, who: Credentials) {
        let request = Request::Become(who);
        if let Err(errno) = self.ask(pid, Kind::Other, &request).done() {
            let Request::Become(who) = request else {
                return;
            };
            panic!(
                "process {pid} cannot be {who:?}: {errno} (see Real::root and Real::has_other_users)"
            );
        }
    }

    fn interrupt(&mut self, pid: Pid) {
        self.actor(pid).process.interrupt();
        for (pid, kind, answer) in self.settle() {
            self.woken.push((pid, ended(kind, answer)));
        }
    }

    fn woken(&mut self) -> Vec<(Pid, Ended)> {
        std::mem::take(&mut self.woken)
    }

    fn is_asleep(&self, pid: Pid) -> bool {
        self.actor(pid).busy.is_some()
    }

    fn ids(&self) -> Vec<Id> {
        observe::ids()
    }

    fn observe(&self, id: Id) -> Option<Status> {
        raw::stat(id).ok().map(|seen| self.named(seen))
    }

    fn contents(&self, id: Id) -> Vec<Message> {
        observe::contents(id, self.limits.msgmax)
    }
}

impl Real {
    /// A status with the processes as they are numbered here.
    fn named(&self, status: Status) -> Status {
        let pid = |id: Pid| {
            let mut processes = self.processes.iter();
            let index = processes.position(|actor| actor.process.id() == id.0);
            let index = index.unwrap_or_else(|| {
                panic!("the kernel names a process {id}, which is none of ours")
            });
            Pid(index as i32 + 1)
        };
        Status { lspid: status.lspid.map(pid), lrpid: status.lrpid.map(pid), ..status }
    }
}

/// How a call ended that had been asleep.
pub(super) fn ended(kind: Kind, answer: Answer) -> Ended {
    match (kind, answer) {
        (Kind::Send, answer) => Ended::Sent(answer.map(drop)),
        (Kind::Receive, Ok(Value::Message(message))) => Ended::Received(Ok(message)),
        (Kind::Receive, Err(errno)) => Ended::Received(Err(errno)),
        (_, other) => unreachable!("nothing that sleeps comes to {other:?}"),
    }
}
