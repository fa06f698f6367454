//! From an operation to a call: who and what is meant, as things stand.

use simulator::{IPC_CREAT, IPC_NOWAIT, Id, MSG_COPY, Pid, Settings};

use crate::Way;

use super::numbers::LONGEST_TEXT;
use super::operation::{Change, Deed, Operation, Which};
use super::step::{Answer, Call, Step};
use super::view::{View, pids};

/// What is known when the next operation is looked at.
pub(super) struct Known {
    processes: usize,
    /// The ids of all queues that were made, those that are gone too.
    ids: Vec<Id>,
    /// How many texts were written.
    texts: u8,
}

impl Known {
    pub(super) fn new(processes: usize) -> Known {
        Known {
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
        let Operation { who, way, deed } = operation;
        let asleep = &seen.asleep;
        let awake = pids(self.processes).filter(|pid| !asleep.contains(pid));
        let mut awake: Vec<Pid> = awake.collect();
        if matches!(deed, Deed::Interrupt) && !asleep.is_empty() {
            awake.clone_from(asleep);
        }
        if matches!(deed, Deed::Become(_)) && awake.len() > 1 {
            awake.retain(|pid| *pid != Pid(1));
        }
        let pid = awake[usize::from(*who) % awake.len()];
        let call = self.call(pid, deed, seen);
        let way = if waits_for_short(&call) {
            Way::Raw
        } else {
            *way
        };
        Step { pid, way, call }
    }

    fn call(&mut self, pid: Pid, deed: &Deed, seen: &View) -> Call {
        if seen.queues.is_empty() && deed.wants_a_queue() {
            return Call::Get {
                key: 1,
                flags: IPC_CREAT | 0o666,
            };
        }
        match deed.clone() {
            Deed::Get { key, flags } => Call::Get { key, flags },
            Deed::Send {
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
            Deed::Receive {
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
            Deed::Stat { queue } => Call::Stat {
                id: self.id(queue, seen),
            },
            Deed::Set { queue, change } => {
                let id = self.id(queue, seen);
                let settings = changed(id, change, seen);
                Call::Set { id, settings }
            }
            Deed::Remove { queue } => Call::Remove {
                id: self.id(queue, seen),
            },
            Deed::Churn(count) => Call::Churn(count),
            Deed::Interrupt => Call::Interrupt,
            // The first stays root: this is a signal to somebody who is awake.
            Deed::Become(_) if pid == Pid(1) => Call::Interrupt,
            Deed::Become(who) => Call::Become(who),
            Deed::Limit(limits) => Call::Limit(limits),
        }
    }

    fn id(&self, which: Which, seen: &View) -> Id {
        match which {
            Which::There(number) => {
                let place = usize::from(number) % seen.queues.len().max(1);
                let there = seen.queues.get(place).map(|(id, ..)| *id);
                there.unwrap_or_else(|| self.made(0))
            }
            Which::Made(back) => self.made(back),
            Which::Beside(back, off) => {
                Id(self.made(back).0.wrapping_add(off.wrapping_mul(1 << 15)))
            }
            Which::Raw(id) => Id(id),
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
