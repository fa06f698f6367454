//! A process of the test, from the test's side.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};

use nix::errno::Errno;
use nix::sys::signal::kill;
use nix::unistd::{Pid, getpid};

use crate::child::{self, INTERRUPT};
use crate::desk::{Desk, LONGEST, Reply, Request, Shared};
use crate::look::Look;

/// A process that makes calls, one at a time. It ends when this is dropped.
pub(crate) struct Process {
    id: i32,
    desk: Shared<Desk>,
    pub(crate) look: Look,
}

impl Process {
    /// Starts one, in the namespace and on the processor of the calling thread.
    pub(crate) fn start(ends: &AtomicU64, races: bool) -> Process {
        // SAFETY: zeroes are numbers, and nothing yet in the cells that may hold nothing.
        let desk = unsafe { Shared::<Desk>::zeroed() }
            .unwrap_or_else(|errno| panic!("no memory to share with a process: {errno}"));
        let test = getpid();
        // SAFETY: the child runs nothing of this program but `serve`, which ends it. Other threads may
        // have held locks when it was copied: `serve` takes none but the allocator's, which fork
        // of glibc and of musl hands to the child in order. (If it panics it may wait for the lock of stderr for ever;
        // the test then complains of a process that is not heard of.)
        let id = match unsafe { libc::fork() } {
            -1 => panic!("cannot start a process: {}", io::Error::last_os_error()),
            0 => child::serve(test, &desk, ends, races),
            id => id,
        };
        let look = Look::at(id);
        Process { id, desk, look }
    }

    /// Its process id, to the kernel.
    pub(crate) fn id(&self) -> i32 {
        self.id
    }

    /// Whether it is carrying out a request.
    pub(crate) fn is_busy(&self) -> bool {
        self.desk.turn.load(Ordering::Relaxed) != self.desk.done.load(Ordering::Acquire)
    }

    /// Whether it has died, which none should.
    pub(crate) fn is_dead(&self) -> bool {
        matches!(self.look.state(), None | Some(b'Z' | b'X'))
    }

    /// Whether the kernel runs it in the order of waking.
    pub(crate) fn runs_in_order(&self) -> bool {
        self.desk.in_order.load(Ordering::Relaxed) != 0
    }

    /// Puts a request down, and a text with it.
    pub(crate) fn ask(&self, request: Request, text: &[u8], through_crates: bool) {
        assert!(!self.is_busy(), "process {} is in a call", self.id);
        assert!(text.len() <= LONGEST, "that is too long for the desk");
        let buffer = self.desk.buffer.get();
        // SAFETY: the process is not busy: what is on the desk is the test's.
        let place = unsafe { &mut (*buffer).text };
        place[..text.len()].copy_from_slice(text);
        // SAFETY: as above.
        unsafe { (*self.desk.request.get()).write(request) };
        let crates = &self.desk.through_crates;
        crates.store(u32::from(through_crates), Ordering::Relaxed);
        self.desk.turn.fetch_add(1, Ordering::Release);
        child::wake(&self.desk.turn);
    }

    /// What the last request came to. There must have been one.
    pub(crate) fn reply(&self) -> Reply {
        assert!(!self.is_busy());
        // SAFETY: the process is not busy: what is on the desk is the test's.
        let answer = unsafe { *self.desk.reply.get() };
        // SAFETY: whoever asks has put a request down before, and the process has answered it.
        unsafe { answer.assume_init() }
    }

    /// The type and the text of the message that it has received.
    pub(crate) fn message(&self, len: usize) -> (i64, Vec<u8>) {
        assert!(!self.is_busy());
        // SAFETY: as in `answer`, and as long as the reference lives.
        let buffer = unsafe { &*self.desk.buffer.get() };
        (buffer.mtype, buffer.text[..len].to_vec())
    }

    /// As which of all calls of all processes the last one ended.
    pub(crate) fn place(&self) -> u64 {
        self.desk.place.load(Ordering::Relaxed)
    }

    /// Sends it the signal for which it has a handler.
    pub(crate) fn interrupt(&self) {
        kill(Pid::from_raw(self.id), INTERRUPT).expect("the process is ours");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let id = Pid::from_raw(self.id);
        // Dead already is as good; the number is its own until it has been waited for, unless SIGCHLD is ignored, and the tests
        // do not ignore it.
        let _ = kill(id, nix::sys::signal::Signal::SIGKILL);
        let mut status = 0;
        loop {
            // SAFETY: the kernel writes one number behind the pointer.
            let done = unsafe { libc::waitpid(self.id, &raw mut status, 0) };
            if Errno::result(done) != Err(Errno::EINTR) {
                return;
            }
        }
    }
}
