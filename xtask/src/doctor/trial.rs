//! Trying it: a private queue is made, one message sent, peeked at and received, and the queue removed.

use std::ffi::{c_int, c_long};
use std::io;
use std::mem::size_of_val;
use std::ptr;

use nix::libc;
use nix::sys::signal::SigSet;

use super::child::{Outcome, in_child};
use super::finding::Finding;
use super::machine::Machine;
use super::refusal;

const ABOUT: &str = "message queues";
const TEXT: [u8; 5] = *b"hello";

/// A message as the kernel reads it.
#[repr(C)]
struct Letter {
    kind: c_long,
    text: [u8; TEXT.len()],
}

/// The call that did not work, and how.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) call: &'static str,
    pub(crate) outcome: Outcome,
    /// The id of the queue that could not be removed.
    pub(crate) left: Option<c_int>,
}

pub(crate) fn check(machine: &Machine) -> Vec<Finding> {
    match attempt() {
        Err(error) => vec![Finding::problem(
            ABOUT,
            format!("could not be tried, because no other process could be started ({error})"),
            "close some programs, or raise `ulimit -u`, and ask again",
        )],
        Ok(Err(failure)) => vec![refusal::explain(&failure, machine)],
        Ok(Ok(peeked)) => vec![
            Finding::ok(
                ABOUT,
                format!(
                    "made a private one, sent {} bytes, received them, removed it: the calls of chapters 2 to 6 work",
                    TEXT.len()
                ),
            ),
            peeking(peeked),
        ],
    }
}

fn peeking(outcome: Outcome) -> Finding {
    const ABOUT: &str = "peeking (MSG_COPY)";
    match outcome {
        Outcome::Returned(_) => Finding::ok(
            ABOUT,
            "a message can be read and left in its queue (chapter 5)",
        ),
        other => Finding::note(
            ABOUT,
            format!(
                "msgrcv {}: this kernel was built without CONFIG_CHECKPOINT_RESTORE, most likely",
                refusal::word(other)
            ),
            "nothing: in chapter 5 only what peeks (`ch05 --peek`, `Receiver::peek`) and its tests will fail",
        ),
    }
}

/// The outcome of peeking, if everything else worked.
fn attempt() -> io::Result<Result<Outcome, Failure>> {
    undisturbed(converse)?
}

/// Ctrl-C in the wrong moment would leave a queue behind. Nothing in `body` waits, so Ctrl-C has not long to wait itself.
fn undisturbed<T>(body: impl FnOnce() -> T) -> io::Result<T> {
    let before = SigSet::thread_get_mask()?;
    SigSet::all().thread_block()?;
    let result = body();
    before.thread_set_mask()?;
    Ok(result)
}

fn converse() -> io::Result<Result<Outcome, Failure>> {
    let made = in_child(|| {
        // SAFETY: the call takes numbers.
        let id = unsafe { libc::msgget(libc::IPC_PRIVATE, libc::IPC_CREAT | 0o600) };
        wide(id)
    })?;
    let Outcome::Returned(id) = made else {
        return Ok(failed("msgget", made));
    };
    let talk = talk(id);
    // Whatever came of the talk: the queue goes. Where there is no other process to be had, it is this one that risks its life.
    let remove = || {
        // SAFETY: IPC_RMID takes no third argument, and the kernel checks the id itself.
        wide(unsafe { libc::msgctl(id, libc::IPC_RMID, ptr::null_mut()) })
    };
    let removed = match in_child(remove) {
        Ok(removed) => removed,
        Err(no_child) => {
            remove();
            return Err(no_child);
        }
    };
    let left = (removed != Outcome::Returned(0)).then_some(id);
    Ok(match talk? {
        Ok(_) if left.is_some() => Err(Failure {
            call: "msgctl",
            outcome: removed,
            left,
        }),
        talk => talk.map_err(|failure| Failure { left, ..failure }),
    })
}

fn talk(id: c_int) -> io::Result<Result<Outcome, Failure>> {
    let letter = Letter {
        kind: 1,
        text: TEXT,
    };
    let sent = in_child(|| {
        // SAFETY: `letter` is a long with TEXT.len() bytes behind it.
        let result = unsafe {
            libc::msgsnd(
                id,
                ptr::from_ref(&letter).cast(),
                TEXT.len(),
                libc::IPC_NOWAIT,
            )
        };
        wide(result)
    })?;
    if sent != Outcome::Returned(0) {
        return Ok(failed("msgsnd", sent));
    }
    let whole = Outcome::Returned(c_int::try_from(TEXT.len()).unwrap_or_default());
    let peeked = in_child(|| receive(id, 0, libc::MSG_COPY))?;
    let received = in_child(|| receive(id, 1, 0))?;
    if received != whole {
        return Ok(failed("msgrcv", received));
    }
    Ok(Ok(peeked))
}

fn receive(id: c_int, which: c_long, flags: c_int) -> libc::ssize_t {
    let mut letter = Letter {
        kind: 0,
        text: [0; TEXT.len()],
    };
    let room = size_of_val(&letter.text);
    let to = ptr::from_mut(&mut letter).cast();
    // SAFETY: behind the long there are `room` bytes for the kernel to write to.
    unsafe { libc::msgrcv(id, to, room, which, flags | libc::IPC_NOWAIT) }
}

fn wide(result: c_int) -> libc::ssize_t {
    libc::ssize_t::try_from(result).unwrap_or(-1)
}

fn failed(call: &'static str, outcome: Outcome) -> Result<Outcome, Failure> {
    Err(Failure {
        call,
        outcome,
        left: None,
    })
}

#[cfg(test)]
mod tests {
    use super::{attempt, peeking, undisturbed};
    use crate::doctor::child::Outcome;
    use nix::errno::Errno;
    use nix::sys::signal::{SigSet, Signal};

    #[test]
    fn nothing_is_left_of_the_trial() {
        // The room counts the queues afterwards, if it is a namespace.
        support::in_namespace(|room| {
            assert!(attempt().unwrap().is_ok());
            assert_eq!(room.queues().len(), 0);
        });
    }

    #[test]
    fn a_trial_cut_short_leaves_nothing_either() {
        support::in_namespace(|room| {
            room.set_limit("msgmnb", 2);
            let failure = attempt().unwrap().unwrap_err();
            assert_eq!(failure.call, "msgsnd");
            assert_eq!(failure.outcome, Outcome::Failed(Errno::EAGAIN));
            assert_eq!(room.queues().len(), 0);
        });
    }

    #[test]
    fn ctrl_c_waits_for_the_end_of_the_trial() {
        let before = SigSet::thread_get_mask().unwrap();
        let during = undisturbed(SigSet::thread_get_mask).unwrap().unwrap();
        for signal in [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP] {
            assert!(during.contains(signal), "{signal}");
        }
        assert_eq!(SigSet::thread_get_mask().unwrap(), before);
    }

    #[test]
    fn a_kernel_that_cannot_peek_is_no_problem() {
        let text = peeking(Outcome::Failed(Errno::ENOSYS)).to_string();
        assert!(text.starts_with("note     peeking"), "{text}");
        assert!(text.contains("ENOSYS") && text.contains("CONFIG_CHECKPOINT_RESTORE"));
    }
}
