//! From an operation to a call: who and what is meant, as things stand.

use simulator::{IPC_CREAT, IPC_NOWAIT, Id, MSG_COPY, Pid, Settings};

use crate::Route;

use super::numbers::LONGEST_TEXT;
use super::operation::{Action, Change, Operation, QueueRef};
use super::step::{Answer, Call, Step};
use super::view::{View, pids};

/// What is known when the next operation is looked at.
pub(super) struct Resolver {
    processes: usize,
    /// The ids of all queues that were made, those that are gone too.
    ids: Vec<Id>,
    /// How many texts were written.
    texts: u8,
}

impl Resolver {
    pub(super) fn new(processes: usize) -> Resolver {
        Resolver {
            processes,
            ids: Vec::new(),
            texts: 0,
        }
    }

    /// Remembers the id of a queue that is new.
    pub(super) fn learn(&mut self, answer: &Answer) {
        if let Answer::Id(Ok(id)) = answer {
            if !self.ids.contains(id) {
                self.ids.push(*id);
            }
        }
    }

    /// The call that is meant. `seen` is what the last step showed.
    pub(super) fn resolve(&mut self, operation: &Operation, seen: &View) -> Step {
        let Operation { who, route, action } = operation;
        let asleep = &seen.asleep;
        let awake = pids(self.processes).filter(|pid| !asleep.contains(pid));
        let mut awake: Vec<Pid> = awake.collect();
        if matches!(action, Action::Interrupt) && !asleep.is_empty() {
            awake.clone_from(asleep);
        }
        if matches!(action, Action::Become(_)) && awake.len() > 1 {
            awake.retain(|pid| *pid != Pid(1));
        }
        let pid = awake[usize::from(*who) % awake.len()];
        let call = self.call(pid, action, seen);
        let route = if waits_for_short(&call) {
            Route::Raw
        } else {
            *route
        };
        Step { pid, route, call }
    }

    fn call(&mut self, pid: Pid, action: &Action, seen: &View) -> Call {
        if seen.queues.is_empty() && action.wants_a_queue() {
            return Call::Get {
                key: 1,
                flags: IPC_CREAT | 0o666,
            };
        }
        match action.clone() {
            Action::Get { key, flags } => Call::Get { key, flags },
            Action::Send {
                queue,
                mtype,
                size,
                flags,
            } => Call::Send {
                id: self.id(queue, seen),
                mtype,
                text: self.text(size),
                flags: not_to_sleep(pid, flags),
            },
            Action::Receive {
                queue,
                size,
                msgtyp,
                flags,
            } => Call::Receive {
                id: self.id(queue, seen),
                size,
                msgtyp,
                // A copy never sleeps; without the flag it is an error, which is to be seen.
                flags: if flags & MSG_COPY == 0 {
                    not_to_sleep(pid, flags)
                } else {
                    flags
                },
            },
            Action::Stat { queue } => Call::Stat {
                id: self.id(queue, seen),
            },
            Action::Set { queue, change } => {
                let id = self.id(queue, seen);
                let settings = changed(id, change, seen);
                Call::Set { id, settings }
            }
            Action::Remove { queue } => Call::Remove {
                id: self.id(queue, seen),
            },
            Action::Churn(count) => Call::Churn(count),
            Action::Interrupt => Call::Interrupt,
            // The first stays root: this is a signal to somebody who is awake.
            Action::Become(_) if pid == Pid(1) => Call::Interrupt,
            Action::Become(who) => Call::Become(who),
            Action::Limit(limits) => Call::Limit(limits),
        }
    }

    fn id(&self, queue: QueueRef, seen: &View) -> Id {
        match queue {
            QueueRef::There(number) => {
                let place = usize::from(number) % seen.queues.len().max(1);
                let there = seen.queues.get(place).map(|(id, ..)| *id);
                there.unwrap_or_else(|| self.made(0))
            }
            QueueRef::Made(back) => self.made(back),
            QueueRef::Beside(back, off) => {
                Id(self.made(back).0.wrapping_add(off.wrapping_mul(1 << 15)))
            }
            QueueRef::Raw(id) => Id(id),
        }
    }

    fn made(&self, back: u8) -> Id {
        let back = usize::from(back) % self.ids.len().max(1);
        let id = self.ids.iter().rev().nth(back);
        // Before there is any queue: the id that the first one will have.
        id.copied().unwrap_or(Id(0))
    }

    /// A text that differs from the last ones.
    fn text(&mut self, size: usize) -> Vec<u8> {
        self.texts = (self.texts + 1) % 26;
        vec![b'a' + self.texts; size]
    }
}

/// Whether a receiver may be asleep when a message comes that is too long for it. A receiver of the crates
/// would make more room and call again, which is another call.
fn waits_for_short(call: &Call) -> bool {
    match call {
        Call::Receive { size, flags, .. } => *size < LONGEST_TEXT && flags & IPC_NOWAIT == 0,
        _ => false,
    }
}

/// The first process never sleeps.
fn not_to_sleep(pid: Pid, flags: i32) -> i32 {
    if pid == Pid(1) {
        flags | IPC_NOWAIT
    } else {
        flags
    }
}

fn changed(id: Id, change: Change, seen: &View) -> Settings {
    let now = seen.status(id).map(Settings::from).unwrap_or(Settings {
        uid: 0,
        gid: 0,
        mode: 0o600,
        qbytes: 16,
    });
    Settings {
        uid: change.uid.unwrap_or(now.uid),
        gid: change.gid.unwrap_or(now.gid),
        mode: change.mode.unwrap_or(now.mode),
        qbytes: change.qbytes.unwrap_or(now.qbytes),
    }
}
