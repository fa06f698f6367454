//! What happened, in sentences for somebody who hears them.

mod control;
mod messages;
mod moved;
mod reasons;
mod room;
mod woken;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use simulator::{Errno, Id};

use crate::command::Command;
use crate::words::{are, count};
use crate::world::{Done, Result, World};
use control::limit;
use reasons::Reasons;

/// The sentences of one line: what it did, who looked in vain, and who woke.
pub(crate) fn step(world: &World, command: &Command<'_>, done: &Done) -> Vec<String> {
    let Done { pid, result, .. } = done;
    let teller = Teller { world, done, by: world.actors.name(*pid) };
    let (in_vain, too_late) = teller.without_room(command, result);
    let mut told = Vec::from([teller.line(command, result)]);
    told.extend(in_vain);
    told.extend(done.woken.iter().map(|(pid, ended)| teller.woken(*pid, ended, command)));
    told.extend(too_late);
    told.extend(teller.now(command, result));
    told
}

struct Teller<'a> {
    world: &'a World,
    done: &'a Done,
    by: &'a str,
}

impl Teller<'_> {
    fn line(&self, command: &Command<'_>, result: &Result) -> String {
        let Teller { world, by, .. } = self;
        match (command, result) {
            (Command::Use { id }, _) => {
                let there = if world.kernel.queue(Id(*id)).is_some() {
                    ""
                } else {
                    ", which does not exist"
                };
                format!("The next lines are about queue {id}{there}.")
            }
            (Command::Limit { which, value }, _) => limit(*which, *value),
            (Command::User { uid: 0, gid }, _) => {
                format!("{by} is root's from now on, group {gid}: modes do not bind it.")
            }
            (Command::User { uid, gid }, _) => {
                format!("{by} is an ordinary user's from now on: uid {uid}, gid {gid}.")
            }
            (Command::Interrupt, _) if self.done.woken.is_empty() => {
                format!(
                    "Nothing is interrupted: {by} does not sleep in a call. The signal's handler runs."
                )
            }
            (Command::Interrupt, _) => format!("A signal reaches {by}."),
            (_, Result::Got(got)) => self.got(command, *got),
            (Command::Send { message_type, text, .. }, Result::Sent(outcome)) => {
                self.sent(*message_type, *text, outcome)
            }
            (Command::Receive(wanted), Result::Received(outcome)) => self.received(wanted, outcome),
            (_, Result::NotEvenRead(errno)) => {
                let why = self.reasons().control(*errno, None);
                format!(
                    "{by}'s msgctl fails with {}: IPC_SET changes what IPC_STAT has read, and {why}.",
                    errno.name()
                )
            }
            (_, Result::Controlled(Err(errno))) => {
                let changes =
                    if let Command::Set(changes) = command { Some(changes) } else { None };
                self.failed("msgctl", *errno, &self.reasons().control(*errno, changes))
            }
            (Command::Stat, Result::Controlled(Ok(status))) => self.looked(status),
            (Command::Set(changes), Result::Controlled(Ok(_))) => self.set(changes),
            (_, Result::Controlled(Ok(status))) => {
                let with = match status.qnum {
                    0 => "It was empty".to_string(),
                    qnum => format!("{} in it {} lost", count(qnum, "message"), are(qnum)),
                };
                format!("{by} removes queue {}. {with}.", self.id())
            }
            (_, Result::Nothing | Result::Sent(_) | Result::Received(_)) => String::new(),
        }
    }

    fn failed(&self, call: &str, errno: Errno, why: &str) -> String {
        format!("{}'s {call} fails with {}: {why}.", self.by, errno.name())
    }

    fn reasons(&self) -> Reasons<'_> {
        Reasons {
            kernel: &self.world.kernel,
            actors: &self.world.actors,
            pid: self.done.pid,
            id: self.id(),
        }
    }

    fn id(&self) -> Id {
        self.world.current.unwrap_or(Id(0))
    }
}
