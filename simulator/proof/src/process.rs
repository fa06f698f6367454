//! A process of the test, from the test's side.

use std::io;
use std::os::unix::net::UnixDatagram;

use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, getpid};
use serde::{Deserialize, Serialize};
use simulator::Credentials;

use crate::calls::{Call, Value};
use crate::child::{self, INTERRUPT};
use crate::look::Look;

/// What a process is asked to do.
#[derive(Serialize, Deserialize)]
pub(crate) enum Request {
    /// Enter the IPC namespace of this thread of the test.
    Enter { process: i32, thread: i32 },
    /// Have these credentials.
    Become(Credentials),
    /// Make this call.
    Call { call: Call, through_crates: bool },
}

/// Which process answers, and what came of it: the value or errno.
#[derive(Serialize, Deserialize)]
pub(crate) struct Reply {
    pub(crate) id: i32,
    pub(crate) result: Result<Value, i32>,
}

/// A process that makes calls, one at a time. It ends when this is dropped.
pub(crate) struct Process {
    id: i32,
    requests: UnixDatagram,
    pub(crate) look: Look,
}

impl Process {
    /// Starts one, in the namespace and on the processor of the calling thread. It replies at the
    /// end of a socket that all share: so it is known who was first.
    pub(crate) fn start(replies: &UnixDatagram, races: bool) -> Process {
        let sockets = UnixDatagram::pair();
        let (requests, theirs) =
            sockets.unwrap_or_else(|error| panic!("no socket to talk to a process: {error}"));
        let test = getpid();
        // SAFETY: the child runs nothing of this program but `serve`, which ends it. Other threads
        // may have held locks when it was copied: `serve` takes none but the allocator's, which
        // fork of glibc and of musl hands to the child in order. (If it panics it may wait for the
        // lock of stderr for ever; the test then complains of a process that is not heard of.)
        let id = match unsafe { libc::fork() } {
            -1 => panic!("cannot start a process: {}", io::Error::last_os_error()),
            0 => child::serve(test, &theirs, replies, races),
            id => id,
        };
        let look = Look::at(id);
        Process { id, requests, look }
    }

    /// Its process id, to the kernel.
    pub(crate) fn id(&self) -> i32 {
        self.id
    }

    /// Whether it has died, which none should.
    pub(crate) fn is_dead(&self) -> bool {
        matches!(self.look.state(), None | Some(b'Z' | b'X'))
    }

    /// Whether the kernel runs it in the order of waking.
    pub(crate) fn runs_in_order(&self) -> bool {
        // SAFETY: the call takes a number.
        unsafe { libc::sched_getscheduler(self.id) == libc::SCHED_FIFO }
    }

    /// Asks it, if it has answered what it was asked before.
    pub(crate) fn ask(&self, request: &Request) {
        let request = serde_json::to_vec(request).expect("a request has no strange keys");
        let sent = self.requests.send(&request);
        sent.unwrap_or_else(|error| panic!("process {} cannot be asked: {error}", self.id));
    }

    /// Sends it the signal for which it has a handler.
    pub(crate) fn interrupt(&self) {
        kill(Pid::from_raw(self.id), INTERRUPT).expect("the process is ours");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let id = Pid::from_raw(self.id);
        // Dead already is as good; the number is its own until it has been waited for, unless
        // SIGCHLD is ignored, and the tests do not ignore it.
        let _ = kill(id, Signal::SIGKILL);
        while nix::sys::wait::waitpid(id, None) == Err(Errno::EINTR) {}
    }
}
