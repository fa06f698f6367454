//! From an operation to a call: who and what is meant, as things stand.

use simulator::{IPC_CREAT, IPC_NOWAIT, Id, MSG_COPY, Outcome, Pid, Settings};

use crate::Route;
use crate::calls::{Call, Value};

use super::numbers::LONGEST_TEXT;
use super::operation::{Action, Operation, QueueRef};
use super::step::{Answer, Step};
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
        Resolver { processes, ids: Vec::new(), texts: 0 }
    }

    /// Remembers the id of a queue that is new.
    pub(super) fn learn(&mut self, answer: &Answer) {
        if let Outcome::Done(Ok(Value::Id(id))) = answer {
            if !self.ids.contains(id) {
                self.ids.push(*id);
            }
        }
    }

    /// The call that is meant. `seen` is what the last step showed.
    pub(super) fn resolve(&mut self, operation: &Operation, seen: &View) -> Step {
        let mut action = operation.action.clone();
        let asleep = &seen.asleep;
        let awake = pids(self.processes).filter(|pid| !asleep.contains(pid));
        let mut awake: Vec<Pid> = awake.collect();
        if matches!(action, Action::Interrupt) && !asleep.is_empty() {
            awake.clone_from(asleep);
        }
        if matches!(action, Action::Become(_)) && awake.len() > 1 {
            awake.retain(|pid| *pid != Pid(1));
        }
        let pid = awake[usize::from(operation.who) % awake.len()];
        let mut route = operation.route;
        match &mut action {
            Action::Call(call) => {
                self.fill_in(call, pid, operation, seen);
                if waits_for_short(call) {
                    route = Route::Raw;
                }
            }
            // The first stays root: this is a signal to somebody who is awake.
            Action::Become(_) if pid == Pid(1) => action = Action::Interrupt,
            _ => {}
        }
        Step { pid, route, action }
    }

    fn fill_in(&mut self, call: &mut Call, pid: Pid, operation: &Operation, seen: &View) {
        let Operation { queue, kept, .. } = operation;
        if let Call::Get { .. } = call {
            return;
        }
        if seen.queues.is_empty() && matches!(queue, QueueRef::There(_)) {
            let flags = IPC_CREAT | 0o666;
            *call = Call::Get { key: 1, flags };
            return;
        }
        let meant = self.id(*queue, seen);
        match call {
            Call::Get { .. } => {}
            Call::Send { id, text, flags, .. } => {
                *id = meant;
                // A text that differs from the last ones.
                self.texts = (self.texts + 1) % 26;
                text.fill(b'a' + self.texts);
                not_to_sleep(pid, flags);
            }
            Call::Receive { id, flags, .. } => {
                *id = meant;
                // A copy never sleeps; without the flag it is an error, which is to be seen.
                if *flags & MSG_COPY == 0 {
                    not_to_sleep(pid, flags);
                }
            }
            Call::Set { id, settings } => {
                *id = meant;
                keep(settings, *kept, seen.status(meant).map(Settings::from));
            }
            Call::Stat { id } | Call::Remove { id } => *id = meant,
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
}

/// Whether a receiver may be asleep when a message comes that is too long for it. A receiver of the
/// crates would make more room and call again, which is another call.
fn waits_for_short(call: &Call) -> bool {
    match call {
        Call::Receive { size, flags, .. } => *size < LONGEST_TEXT && flags & IPC_NOWAIT == 0,
        _ => false,
    }
}

/// The first process never sleeps.
fn not_to_sleep(pid: Pid, flags: &mut i32) {
    if pid == Pid(1) {
        *flags |= IPC_NOWAIT;
    }
}

/// Sets what is kept to what it is now.
fn keep(settings: &mut Settings, kept: [bool; 4], now: Option<Settings>) {
    let now = now.unwrap_or(Settings { uid: 0, gid: 0, mode: 0o600, qbytes: 16 });
    let new = *settings;
    let [uid, gid, mode, qbytes] = kept;
    *settings = Settings {
        uid: if uid { now.uid } else { new.uid },
        gid: if gid { now.gid } else { new.gid },
        mode: if mode { now.mode } else { new.mode },
        qbytes: if qbytes { now.qbytes } else { new.qbytes },
    };
}
