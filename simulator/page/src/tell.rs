//! What happened, in sentences for somebody who hears them.

mod before;
mod control;
mod reasons;
mod woken;
mod words;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use simulator::{Ended, Errno, Id, Outcome, Pid};

use crate::command::{Command, Receive, Text};
use crate::play::{Result, World};
pub(crate) use before::Before;
use control::limit;
use reasons::Reasons;
pub(crate) use words::{bytes, count, wanted};
use words::{described, in_queue, sent};

/// The sentences of one line: what it did, and who woke.
pub(crate) fn step(
    world: &World,
    before: &Before,
    pid: Pid,
    command: &Command<'_>,
    result: &Result,
    woken: &[(Pid, Ended)],
) -> Vec<String> {
    let teller = Teller {
        world,
        before,
        pid,
        by: world.actors.name(pid),
        woken,
    };
    let mut told = Vec::from([teller.line(command, result)]);
    told.extend(
        woken
            .iter()
            .map(|(pid, ended)| teller.woken(*pid, ended, command)),
    );
    told.extend(teller.now(command, result));
    told
}

struct Teller<'a> {
    world: &'a World,
    before: &'a Before,
    pid: Pid,
    by: &'a str,
    woken: &'a [(Pid, Ended)],
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
            (Command::Interrupt, _) if self.woken.is_empty() => {
                format!(
                    "A signal reaches {by}, which does not sleep in a call: its handler runs, and nothing else happens."
                )
            }
            (Command::Interrupt, _) => format!("A signal reaches {by}."),
            (_, Result::Got(got)) => self.got(command, *got),
            (
                Command::Send {
                    message_type, text, ..
                },
                Result::Sent(outcome),
            ) => self.sent(*message_type, *text, outcome),
            (Command::Receive(wanted), Result::Received(outcome)) => self.received(wanted, outcome),
            (_, Result::NotEvenRead(errno)) => {
                let why = self.reasons().control(*errno, None);
                format!(
                    "{by}'s msgctl fails with {}: IPC_SET changes what IPC_STAT has read, and {why}.",
                    errno.name()
                )
            }
            (_, Result::Controlled(Err(errno))) => {
                let changes = if let Command::Set(changes) = command {
                    Some(changes)
                } else {
                    None
                };
                self.failed("msgctl", *errno, &self.reasons().control(*errno, changes))
            }
            (Command::Stat, Result::Controlled(Ok(status))) => self.looked(status),
            (Command::Set(changes), Result::Controlled(Ok(_))) => self.set(changes),
            (_, Result::Controlled(Ok(status))) => {
                let with = match status.qnum {
                    0 => "It was empty".to_string(),
                    qnum => format!(
                        "{} in it {} lost",
                        count(qnum, "message"),
                        if qnum == 1 { "is" } else { "are" }
                    ),
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
            pid: self.pid,
            id: self.id(),
        }
    }

    fn id(&self) -> Id {
        self.world.current.unwrap_or(Id(0))
    }

    fn sent(&self, message_type: i64, text: Text<'_>, outcome: &Outcome<()>) -> String {
        let by = self.by;
        match outcome {
            Outcome::Done(Ok(())) => {
                let handed = self
                    .woken
                    .iter()
                    .find(|(_, ended)| matches!(ended, Ended::Received(Ok(_))));
                let message = sent(message_type, text);
                match handed {
                    Some((receiver, _)) => format!(
                        "{by} sends {message}, straight into the hands of {}: it never is in the queue.",
                        self.world.actors.name(*receiver)
                    ),
                    None => format!("{by} sends {message}."),
                }
            }
            Outcome::Done(Err(errno)) => {
                let why = self.reasons().send(*errno, message_type, text.size());
                self.failed("msgsnd", *errno, &why)
            }
            Outcome::Asleep => {
                format!(
                    "{by} sleeps in msgsnd: {}.",
                    self.reasons().no_room(message_type, text.size())
                )
            }
        }
    }

    fn received(&self, wanted: &Receive, outcome: &Outcome<simulator::Message>) -> String {
        let by = self.by;
        match outcome {
            Outcome::Done(Ok(message)) if wanted.copy => {
                format!(
                    "{by} gets a copy of message {} of the queue: {}. The message stays there.",
                    wanted.message_type,
                    described(message)
                )
            }
            Outcome::Done(Ok(message)) => {
                format!("{by} receives {}{}.", described(message), self.cut(message))
            }
            Outcome::Done(Err(errno)) => {
                self.failed("msgrcv", *errno, &self.reasons().receive(*errno, wanted))
            }
            Outcome::Asleep => format!(
                "{by} sleeps in msgrcv: {}.",
                self.reasons().no_message(wanted)
            ),
        }
    }

    /// What `MSG_NOERROR` took away, which the receiver cannot see.
    fn cut(&self, message: &simulator::Message) -> String {
        let size = message.text.len();
        match self.before.size(message.serial) {
            Some(whole) if whole > size => format!(
                ", all that is left of {whole}: the rest is lost, and the receiver is not told"
            ),
            _ => String::new(),
        }
    }

    /// What is in the queue after the line, if that has become more or less.
    fn now(&self, command: &Command<'_>, result: &Result) -> Option<String> {
        let handed = |ended: &Ended| matches!(ended, Ended::Received(Ok(_)));
        let sent = |ended: &Ended| matches!(ended, Ended::Sent(Ok(())));
        let changed = match (command, result) {
            (Command::Send { .. }, Result::Sent(Outcome::Done(Ok(())))) => {
                !self.woken.iter().any(|(_, ended)| handed(ended))
            }
            (Command::Receive(wanted), Result::Received(Outcome::Done(Ok(_)))) => !wanted.copy,
            _ => self.woken.iter().any(|(_, ended)| sent(ended)),
        };
        let queue = self.world.kernel.queue(self.id()).filter(|_| changed)?;
        Some(in_queue(queue.status()))
    }
}
