//! The kernel of this machine.

use std::sync::atomic::AtomicU64;
use std::thread;
use std::time::{Duration, Instant};

use simulator::{
    Capabilities, Credentials, Ended, Errno, Id, Limits, Message, Outcome, Pid, Settings, Status,
};

use crate::calls::Calls;
use crate::crates::USUAL;
use crate::credentials;
use crate::desk::{Answer, LONGEST, Request, Seen, Shared, Who};
use crate::look::Steps;
use crate::namespace::{self, Before};
use crate::observe;
use crate::process::Process;

/// How the calls are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// As system calls.
    Raw,
    /// Through the crates of the chapters, and as system calls where those make it impossible.
    Crates,
}

/// The kernel of this machine, in an IPC namespace of its own: the first queue has the id 0.
///
/// Each [`Pid`] is a process that has been forked from this one, and makes the calls it is asked to.
/// They are numbered from 1, as the model's are. A call is asleep when `/proc` says so, and a call of
/// this type returns when everything is quiet: each process has returned from its call, or sleeps
/// in it.
///
/// While it lives, the calling thread is in that namespace, and (but for [`Real::racing`]) on one processor. It takes the right
/// to make namespaces: `support::in_namespace` is the place for it.
pub struct Real {
    way: Way,
    limits: Limits,
    /// The longest message that can be in a queue of this namespace.
    longest: usize,
    /// Those that have been spawned. The process of `Pid(n)` is at `n - 1`.
    processes: Vec<Actor>,
    /// Those of earlier runs, to be used again.
    idle: Vec<Process>,
    woken: Vec<(Pid, Ended)>,
    ends: Shared<AtomicU64>,
    /// Whether those who are woken together are left to race.
    races: bool,
    _before: Before,
}

struct Actor {
    process: Process,
    /// The call that it has not been seen returning from.
    call: Option<Kind>,
}

#[derive(Clone, Copy)]
enum Kind {
    Send,
    Receive,
    Other,
}

impl Real {
    /// A new namespace with these limits, and nobody in it.
    #[must_use]
    pub fn new(limits: Limits) -> Real {
        let before = Before::now();
        before.stay_here();
        Real::since(before, false, limits)
    }

    /// The same on all processors, and without asking for an order: those who are woken together race.
    #[must_use]
    pub fn racing(limits: Limits) -> Real {
        Real::since(Before::now(), true, limits)
    }

    fn since(before: Before, races: bool, limits: Limits) -> Real {
        // SAFETY: zero is a number.
        let ends = unsafe { Shared::zeroed() };
        let mut real = Real {
            way: Way::Raw,
            limits,
            longest: 0,
            processes: Vec::new(),
            idle: Vec::new(),
            woken: Vec::new(),
            ends: ends.unwrap_or_else(|errno| panic!("no memory to share: {errno}")),
            races,
            _before: before,
        };
        real.again(limits);
        real
    }

    /// Another namespace with these limits, and nobody in it: the same as [`Real::new`], and faster.
    pub fn again(&mut self, limits: Limits) {
        for index in 0..self.processes.len() {
            // Nothing is asked of what it may wake: all of them are sent home.
            while self.processes[index].process.is_busy() {
                self.processes[index].process.interrupt();
                self.settle();
            }
        }
        let actors = self.processes.drain(..);
        self.idle.extend(actors.map(|actor| actor.process));
        self.woken.clear();
        self.longest = 0;
        namespace::new();
        self.set_limits(limits);
    }

    /// Has the calls made in this way from now on.
    pub fn through(&mut self, way: Way) {
        self.way = way;
    }

    /// Whether those who are woken together go on in the order in which they were woken, as the model's
    /// do. Known when somebody has been spawned. Takes the right to real-time scheduling (root has it).
    #[must_use]
    pub fn in_order(&self) -> bool {
        let mut processes = self.processes.iter();
        processes.all(|actor| actor.process.runs_in_order())
    }

    /// Whether processes of other users than root can be spawned, which takes real root: the root of a
    /// user namespace can be nobody else. Says so if not.
    #[must_use]
    pub fn has_other_users() -> bool {
        const NOBODY: u32 = 65534;
        support::as_stranger(NOBODY, || ()).is_some()
    }

    /// The capabilities that a process can have here. Containers withhold some from their root, and the
    /// kernel never lets the root of a user namespace pass `msgmnb`, whatever capabilities it has there.
    #[must_use]
    pub fn capabilities() -> Capabilities {
        credentials::permitted()
    }

    /// The most powerful process that can be spawned here.
    #[must_use]
    pub fn root() -> Credentials {
        Credentials {
            capable: Real::capabilities(),
            ..Credentials::root()
        }
    }

    fn actor(&self, pid: Pid) -> &Actor {
        let index = usize::try_from(pid.0 - 1).ok();
        let actor = index.and_then(|index| self.processes.get(index));
        actor.unwrap_or_else(|| panic!("process {pid} has not been spawned"))
    }

    /// Has a process make a call; `None` if it sleeps.
    fn call(&mut self, pid: Pid, kind: Kind, request: Request, text: &[u8]) -> Option<Answer> {
        let actor = self.actor(pid);
        assert!(
            actor.call.is_none(),
            "process {pid} is asleep, and cannot make a call"
        );
        actor.process.ask(request, text, self.way == Way::Crates);
        let index = (pid.0 - 1) as usize;
        self.processes[index].call = Some(kind);
        self.settle();
        let actor = &mut self.processes[index];
        let answer = (!actor.process.is_busy()).then(|| actor.process.answer());
        if answer.is_some() {
            actor.call = None;
        }
        self.collect();
        answer
    }

    /// A call that does not sleep.
    fn at_once(&mut self, pid: Pid, request: Request) -> Result<Answer, Errno> {
        match self.call(pid, Kind::Other, request, &[]) {
            Some(Answer::Failed(errno)) => Err(known(errno)),
            Some(answer) => Ok(answer),
            None => panic!("a call sleeps that never does"),
        }
    }

    /// Waits until everybody has returned or is asleep in a call.
    fn settle(&self) {
        let begun = Instant::now();
        let mut looks = 0_u64;
        while !self.is_quiet() {
            looks += 1;
            if looks % 1024 == 0 {
                self.complain(begun.elapsed());
            }
            thread::yield_now();
        }
    }

    /// Whether there was a moment, before this returned, at which everybody had returned or was asleep.
    ///
    /// Looking at one after the other is not enough, since the second may wake the first meanwhile. So
    /// each is looked at twice: if it was asleep both times and has not run in between, it slept from
    /// its first look to its second, and the moment between the two rounds lies in all these times.
    fn is_quiet(&self) -> bool {
        let busy = || {
            let processes = self.processes.iter().map(|actor| &actor.process);
            processes.filter(|process| process.is_busy())
        };
        let mut first: Vec<(&Process, Steps)> = Vec::new();
        for process in busy() {
            let steps = process.look.steps();
            if !process.look.is_asleep() {
                return false;
            }
            first.push((process, steps));
        }
        first
            .iter()
            .all(|(process, steps)| process.look.is_asleep() && process.look.steps() == *steps)
    }

    fn complain(&self, waited: Duration) {
        for (index, Actor { process, .. }) in self.processes.iter().enumerate() {
            let number = index + 1;
            assert!(!process.is_dead(), "process {number} has died");
            assert!(
                waited < Duration::from_secs(20),
                "process {number} neither returns nor sleeps in a message call: its state is {:?}",
                process.look.state().map(char::from)
            );
        }
    }

    /// Takes note of those who have been woken and have returned.
    fn collect(&mut self) {
        let mut ended = Vec::new();
        for (index, actor) in self.processes.iter_mut().enumerate() {
            if actor.process.is_busy() {
                continue;
            }
            if let Some(kind) = actor.call.take() {
                let end = actor.ended(kind);
                ended.push((actor.process.place(), (Pid(index as i32 + 1), end)));
            }
        }
        ended.sort_by_key(|(place, _)| *place);
        self.woken.extend(ended.into_iter().map(|(_, end)| end));
    }

    fn status(&self, seen: Seen) -> Status {
        Status {
            key: seen.key,
            mode: seen.mode,
            uid: seen.uid,
            gid: seen.gid,
            cuid: seen.cuid,
            cgid: seen.cgid,
            cbytes: seen.cbytes,
            qnum: seen.qnum,
            qbytes: seen.qbytes,
            lspid: self.pid(seen.lspid),
            lrpid: self.pid(seen.lrpid),
        }
    }

    /// The process that the kernel calls this.
    fn pid(&self, id: i32) -> Option<Pid> {
        let mut processes = self.processes.iter();
        let index = processes.position(|actor| actor.process.id() == id);
        assert!(
            id == 0 || index.is_some(),
            "the kernel names a process {id}, which is none of ours"
        );
        index.map(|index| Pid(index as i32 + 1))
    }
}

impl Actor {
    fn ended(&self, kind: Kind) -> Ended {
        let answer = self.process.answer();
        match kind {
            Kind::Send => Ended::Sent(sent(answer)),
            Kind::Receive => Ended::Received(self.received(answer)),
            Kind::Other => unreachable!("nothing else sleeps"),
        }
    }

    fn received(&self, answer: Answer) -> Result<Message, Errno> {
        match answer {
            Answer::Number(len) => {
                let (mtype, text) = self.process.letter(len as usize);
                Ok(Message {
                    serial: 0,
                    mtype,
                    text,
                })
            }
            Answer::Failed(errno) => Err(known(errno)),
            Answer::Seen(_) => unreachable!("msgrcv returns a number"),
        }
    }
}

fn sent(answer: Answer) -> Result<(), Errno> {
    match answer {
        Answer::Failed(errno) => Err(known(errno)),
        _ => Ok(()),
    }
}

/// The model's name for an errno.
fn known(errno: i32) -> Errno {
    Errno::from_raw(errno).unwrap_or_else(|| {
        let name = nix::errno::Errno::from_raw(errno);
        panic!("the kernel says {name}, which the model never does")
    })
}

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
        if let Some(Answer::Failed(errno)) = self.call(pid, Kind::Other, enter, &[]) {
            let errno = nix::errno::Errno::from_raw(errno);
            panic!("a process cannot enter the namespace: {errno}");
        }
        self.set_credentials(pid, who);
        pid
    }

    fn set_credentials(&mut self, pid: Pid, who: Credentials) {
        let request = Request::Become(Who::from(&who));
        if let Some(Answer::Failed(errno)) = self.call(pid, Kind::Other, request, &[]) {
            let errno = nix::errno::Errno::from_raw(errno);
            panic!(
                "process {pid} cannot be {who:?}: {errno} (see Real::root and Real::has_other_users)"
            );
        }
    }

    fn msgget(&mut self, pid: Pid, key: i32, flags: i32) -> Result<Id, Errno> {
        match self.at_once(pid, Request::Get { key, flags })? {
            Answer::Number(id) => Ok(Id(id as i32)),
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
            Answer::Seen(seen) => Ok(self.status(seen)),
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
