//! The calls, made by real processes.

use simulator::{Credentials, Ended, Errno, Id, Limits, Message, Outcome, Pid, Settings, Status};

use super::replies::sent;
use super::{Actor, Kind, Real};
use crate::crates::USUAL;
use crate::desk::{LONGEST, RawCredentials, Reply, Request};
use crate::process::Process;
use crate::{Calls, namespace, observe};

impl Calls for Real {
    fn set_limits(&mut self, limits: Limits) {
        assert!(
            limits.msgmax as usize <= LONGEST,
            "messages of more than {LONGEST} bytes do not fit on the desk"
        );
        self.limits = limits;
        self.longest = self.longest.max(limits.msgmax as usize);
        namespace::set_limits(limits);
    }

    fn spawn(&mut self, who: Credentials) -> Pid {
        let process = match self.idle.pop() {
            Some(process) => process,
            None => Process::start(&self.ends, self.races),
        };
        self.processes.push(Actor {
            process,
            call: None,
        });
        let pid = Pid(i32::try_from(self.processes.len()).expect("they are few"));
        let enter = Request::Enter {
            process: std::process::id() as i32,
            thread: support::this_thread(),
        };
        if let Some(Reply::Failed(errno)) = self.call(pid, Kind::Other, enter, &[]) {
            let errno = nix::errno::Errno::from_raw(errno);
            panic!("a process cannot enter the namespace: {errno}");
        }
        self.set_credentials(pid, who);
        pid
    }

    fn set_credentials(&mut self, pid: Pid, who: Credentials) {
        let request = Request::Become(RawCredentials::from(&who));
        if let Some(Reply::Failed(errno)) = self.call(pid, Kind::Other, request, &[]) {
            let errno = nix::errno::Errno::from_raw(errno);
            panic!(
                "process {pid} cannot be {who:?}: {errno} (see Real::root and Real::has_other_users)"
            );
        }
    }

    fn msgget(&mut self, pid: Pid, key: i32, flags: i32) -> Result<Id, Errno> {
        match self.at_once(pid, Request::Get { key, flags })? {
            Reply::Number(id) => Ok(Id(id as i32)),
            _ => unreachable!("msgget returns a number"),
        }
    }

    fn msgsnd(&mut self, pid: Pid, id: Id, mtype: i64, text: &[u8], flags: i32) -> Outcome<()> {
        let request = Request::Send {
            id: id.0,
            mtype,
            len: text.len(),
            flags,
        };
        match self.call(pid, Kind::Send, request, text) {
            Some(answer) => Outcome::Done(sent(answer)),
            None => Outcome::Asleep,
        }
    }

    fn msgrcv(
        &mut self,
        pid: Pid,
        id: Id,
        size: usize,
        msgtyp: i64,
        flags: i32,
    ) -> Outcome<Message> {
        let request = Request::Receive {
            id: id.0,
            size,
            msgtyp,
            flags,
            roomy: self.longest <= USUAL && (self.longest..=LONGEST).contains(&size),
        };
        match self.call(pid, Kind::Receive, request, &[]) {
            Some(answer) => Outcome::Done(self.actor(pid).received(answer)),
            None => Outcome::Asleep,
        }
    }

    fn stat(&mut self, pid: Pid, id: Id) -> Result<Status, Errno> {
        match self.at_once(pid, Request::Stat { id: id.0 })? {
            Reply::Status(seen) => Ok(self.status(seen)),
            _ => unreachable!("IPC_STAT tells a status"),
        }
    }

    fn set(&mut self, pid: Pid, id: Id, settings: Settings) -> Result<(), Errno> {
        let request = Request::Set { id: id.0, settings };
        self.at_once(pid, request).map(drop)
    }

    fn remove(&mut self, pid: Pid, id: Id) -> Result<(), Errno> {
        self.at_once(pid, Request::Remove { id: id.0 }).map(drop)
    }

    fn interrupt(&mut self, pid: Pid) {
        self.actor(pid).process.interrupt();
        self.settle();
        self.collect();
    }

    fn woken(&mut self) -> Vec<(Pid, Ended)> {
        std::mem::take(&mut self.woken)
    }

    fn is_asleep(&self, pid: Pid) -> bool {
        self.actor(pid).call.is_some()
    }

    fn ids(&self) -> Vec<Id> {
        observe::ids()
    }

    fn observe(&self, id: Id) -> Option<Status> {
        observe::status(id.0).map(|seen| self.status(seen))
    }

    fn contents(&self, id: Id) -> Vec<Message> {
        observe::contents(id.0, self.limits.msgmax)
    }
}
