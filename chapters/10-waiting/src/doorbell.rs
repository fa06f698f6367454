//! The thread that waits for an inbox, and takes nothing.
//!
//! The thread and the owner take turns. On its turn the thread waits for a message; when one comes,
//! it rings, and the turn is the owner's. The owner takes messages until there are none, silences
//! the bell and gives the turn back. So there is never more than one of the two at the queue: what
//! the owner takes cannot overtake what the thread has found, and a ring is never silenced that has
//! not been heard.

use std::os::fd::{AsFd, BorrowedFd};
use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::Duration;

use ch02_create::Queue;
use ch03_structure::{Envelope, MessageType};
use ch05_receive::Select;
use nix::errno::Errno;
use nix::sys::eventfd::{EfdFlags, EventFd};

// ANCHOR: wait
/// Waits until there is a message that `select` wants, and leaves it in the queue.
///
/// There is no room for a single byte, and without `MSG_NOERROR` no message is cut: each is too
/// long, which the kernel says as soon as there is one, and it stays where it is. Only an empty
/// message fits. That one is taken, and all there is to it is returned: its type.
fn wait(queue: Queue, select: Select) -> nix::Result<Option<MessageType>> {
    let (number, flags) = select.raw();
    let mut envelope = Envelope::new();
    // SAFETY: the kernel writes one `c_long` at the pointer and, with a size of 0, no byte more.
    // The envelope holds one, aligned and initialised, and nobody else looks at it. The id is a
    // number: one that names no queue gives EINVAL.
    let done = unsafe { libc::msgrcv(queue.id(), envelope.as_mut_ptr(), 0, number, flags) };
    match Errno::result(done) {
        Err(Errno::E2BIG) => Ok(None),
        taken => taken.map(|_| Some(envelope.message_type())),
    }
}
// ANCHOR_END: wait

/// What the thread and the owner share.
#[derive(Debug)]
pub(crate) struct Doorbell {
    state: Mutex<State>,
    changed: Condvar,
    bell: EventFd,
}

#[derive(Debug)]
struct State {
    turn: Turn,
    /// The thread has to end.
    stop: bool,
    /// It has.
    ended: bool,
}

#[derive(Debug)]
enum Turn {
    /// The thread waits for a message, or is about to.
    Thread,
    /// The owner takes messages. First of all it is told what the thread has found.
    Owner(Option<Found>),
}

/// How the thread's wait ended: as [`wait`] does.
type Found = nix::Result<Option<MessageType>>;

impl Doorbell {
    /// It is the owner's turn and the bell has rung, so that what is in the queue is found.
    pub(crate) fn new() -> nix::Result<Doorbell> {
        let flags = EfdFlags::EFD_CLOEXEC | EfdFlags::EFD_NONBLOCK;
        let bell = EventFd::from_value_and_flags(1, flags)?;
        let state = Mutex::new(State { turn: Turn::Owner(None), stop: false, ended: false });
        Ok(Doorbell { state, changed: Condvar::new(), bell })
    }

    /// The thread's whole life.
    pub(crate) fn run(&self, queue: Queue, select: Select) {
        while self.is_my_turn() {
            match wait(queue, select) {
                Err(Errno::EINTR) => {} // to end, or somebody's signal: look again
                found => self.ring(found),
            }
        }
        self.lock().ended = true;
        self.changed.notify_all();
    }

    /// Sleeps until it is the thread's turn. False: there are no more turns.
    fn is_my_turn(&self) -> bool {
        let not_yet = |state: &mut State| !state.stop && matches!(state.turn, Turn::Owner(_));
        let state = self.changed.wait_while(self.lock(), not_yet);
        !state.expect(UNPOISONED).stop
    }

    /// Gives the turn to the owner. Under the lock, so that whoever knows of it has been rung.
    fn ring(&self, found: Found) {
        let mut state = self.lock();
        state.turn = Turn::Owner(Some(found));
        // It can only fail if it has been rung very often, by others: then it is readable anyway.
        let _ = self.bell.write(1);
    }

    /// Whether it is the owner's turn, and what the thread has found, which is said once.
    pub(crate) fn answer(&self) -> Option<Found> {
        match &mut self.lock().turn {
            Turn::Thread => None,
            Turn::Owner(found) => Some(found.take().unwrap_or(Ok(None))),
        }
    }

    /// Gives the turn to the thread. Only the owner may, on its turn.
    pub(crate) fn arm(&self) {
        // Nobody rings it now. It can only fail if others have silenced it.
        let _ = self.bell.read();
        self.lock().turn = Turn::Thread;
        self.changed.notify_all();
    }

    /// Gives the turn to the thread, if it has not got it and there is nothing to say to the owner.
    /// False: there is.
    pub(crate) fn arm_if_silent(&self) -> bool {
        let silent = match &self.lock().turn {
            Turn::Thread => return true,
            Turn::Owner(found) => !matches!(found, Some(Ok(Some(_)) | Err(_))),
        };
        if silent {
            self.arm();
        }
        silent
    }

    /// Tells the thread to end; what it has in hand is still here afterwards.
    pub(crate) fn stop(&self) {
        self.lock().stop = true;
        self.changed.notify_all();
    }

    /// Whether the thread has ended; gives it a moment to do so.
    pub(crate) fn has_ended_within(&self, time: Duration) -> bool {
        let running = |state: &mut State| !state.ended;
        let state = self.changed.wait_timeout_while(self.lock(), time, running);
        state.expect(UNPOISONED).0.ended
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect(UNPOISONED)
    }
}

const UNPOISONED: &str = "nobody panics under this lock";

impl AsFd for Doorbell {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.bell.as_fd()
    }
}
