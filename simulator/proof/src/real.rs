//! The kernel of this machine.

mod calls;
mod quiet;

use std::os::unix::net::UnixDatagram;

use simulator::{Capabilities, Credentials, Ended, Errno, Limits, Outcome, Pid};

use self::calls::ended;
use crate::Calls;
use crate::calls::Value;
use crate::child::LONGEST_LINE;
use crate::credentials;
use crate::namespace::{self, Before};
use crate::process::{Process, Request};

/// How the calls are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// As system calls.
    Raw,
    /// Through the crates of the chapters, and as system calls where those make it impossible.
    Crates,
}

/// The kernel of this machine, in an IPC namespace of its own: the first queue has the id 0.
///
/// Each [`Pid`] is a process that has been forked from this one, and makes the calls it is asked
/// to. They are numbered from 1, as the model's are. A call is asleep when `/proc` says so, and a
/// call of this type returns when everything is quiet: each process has returned from its call, or
/// sleeps in it.
///
/// While it lives, the calling thread is in that namespace, and (but for [`Real::racing`]) on one
/// processor. It takes the right to make namespaces: `support::in_namespace` is the place for it.
pub struct Real {
    route: Route,
    limits: Limits,
    /// The longest message that can be in a queue of this namespace.
    longest: usize,
    /// Those that have been spawned. The process of `Pid(n)` is at `n - 1`.
    processes: Vec<Actor>,
    /// Those of earlier runs, to be used again.
    idle: Vec<Process>,
    woken: Vec<(Pid, Ended)>,
    /// Where all processes reply, and where this one reads that.
    replies: (UnixDatagram, UnixDatagram),
    /// Room for one of these.
    line: Vec<u8>,
    /// Whether those who are woken together are left to race.
    races: bool,
    _before: Before,
}

struct Actor {
    process: Process,
    /// What it has been asked and has not been seen answering.
    busy: Option<Kind>,
}

#[derive(Clone, Copy)]
enum Kind {
    Send,
    Receive,
    Other,
}

type Answer = Result<Value, Errno>;

impl Real {
    /// A new namespace with these limits, and nobody in it.
    #[must_use]
    pub fn new(limits: Limits) -> Real {
        let before = Before::now();
        before.stay_here();
        Real::since(before, false, limits)
    }

    /// The same on all processors, and without asking for an order: those who are woken together
    /// race.
    #[must_use]
    pub fn racing(limits: Limits) -> Real {
        Real::since(Before::now(), true, limits)
    }

    fn since(before: Before, races: bool, limits: Limits) -> Real {
        let (theirs, ours) = UnixDatagram::pair().expect("there are sockets");
        ours.set_nonblocking(true).expect("it is a socket");
        let mut real = Real {
            route: Route::Raw,
            limits,
            longest: 0,
            processes: Vec::new(),
            idle: Vec::new(),
            woken: Vec::new(),
            replies: (theirs, ours),
            line: vec![0; LONGEST_LINE],
            races,
            _before: before,
        };
        real.reset(limits);
        real
    }

    /// Another namespace with these limits, and nobody in it: the same as [`Real::new`], and
    /// faster.
    pub fn reset(&mut self, limits: Limits) {
        for index in 0..self.processes.len() {
            // Nothing is asked of what it may wake: all of them are sent home.
            while self.processes[index].busy.is_some() {
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
    pub fn through(&mut self, route: Route) {
        self.route = route;
    }

    /// Whether those who are woken together go on in the order in which they were woken, as the
    /// model's do. Known when somebody has been spawned. Takes the right to real-time scheduling
    /// (root has it).
    #[must_use]
    pub fn in_order(&self) -> bool {
        let mut processes = self.processes.iter();
        processes.all(|actor| actor.process.runs_in_order())
    }

    /// Whether processes of other users than root can be spawned, which takes real root: the root
    /// of a user namespace can be nobody else. Says so if not.
    #[must_use]
    pub fn has_other_users() -> bool {
        const NOBODY: u32 = 65534;
        support::as_stranger(NOBODY, || ()).is_some()
    }

    /// The capabilities that a process can have here. Containers withhold some from their root, and
    /// the kernel never lets the root of a user namespace pass `msgmnb`, whatever capabilities it
    /// has there.
    #[must_use]
    pub fn capabilities() -> Capabilities {
        credentials::permitted()
    }

    /// The most powerful process that can be spawned here.
    #[must_use]
    pub fn root() -> Credentials {
        Credentials { capable: Real::capabilities(), ..Credentials::root() }
    }

    fn actor(&self, pid: Pid) -> &Actor {
        let index = usize::try_from(pid.0 - 1).ok();
        let actor = index.and_then(|index| self.processes.get(index));
        actor.unwrap_or_else(|| panic!("process {pid} has not been spawned"))
    }

    /// Asks a process for something; whoever else is woken by it is noted.
    fn ask(&mut self, pid: Pid, kind: Kind, request: &Request) -> Outcome<Value> {
        let actor = self.actor(pid);
        assert!(actor.busy.is_none(), "process {pid} is asleep, and cannot make a call");
        actor.process.ask(request);
        self.processes[(pid.0 - 1) as usize].busy = Some(kind);
        let mut own = Outcome::Asleep;
        for (who, kind, answer) in self.settle() {
            if who == pid {
                own = Outcome::Done(answer);
            } else {
                self.woken.push((who, ended(kind, answer)));
            }
        }
        own
    }
}
