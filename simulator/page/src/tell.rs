//! What happened, in sentences for somebody who hears them.

mod reasons;
mod woken;
mod words;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use simulator::{Call, Ended, Errno, Id, Outcome, Pid, Status};

use crate::command::{Command, Limit, Receive, Set, Text};
use crate::play::{Result, World};
use reasons::Reasons;
pub(crate) use words::{bytes, count, wanted};
use words::{described, in_queue, sent};

/// What has to be known of the moment before a line, since afterwards it is gone.
pub(crate) struct Before {
    queues: usize,
    /// The messages that are queued or sleep with their senders: their serial numbers and sizes.
    sizes: Vec<(u64, usize)>,
}

impl Before {
    pub(crate) fn new(world: &World) -> Before {
        let queued = world.kernel.queues().flat_map(|queue| queue.messages());
        let sleeping =
            world
                .actors
                .iter()
                .filter_map(|actor| match &world.kernel.sleeping(actor.pid)?.call {
                    Call::Send(message) => Some(message),
                    Call::Receive { .. } => None,
                });
        Before {
            queues: world.kernel.queues().count(),
            sizes: queued
                .chain(sleeping)
                .map(|message| (message.serial, message.text.len()))
                .collect(),
        }
    }

    /// How long a message was before it was received.
    fn size(&self, serial: u64) -> Option<usize> {
        self.sizes
            .iter()
            .find(|(known, _)| *known == serial)
            .map(|(_, size)| *size)
    }
}

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
                    message_type,
                    text,
                    nowait,
                },
                Result::Sent(outcome),
            ) => self.sent(*message_type, *text, *nowait, outcome),
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
            pid: self.pid,
            id: self.id(),
        }
    }

    fn id(&self) -> Id {
        self.world.current.unwrap_or(Id(0))
    }

    fn got(&self, command: &Command<'_>, got: core::result::Result<Id, Errno>) -> String {
        let by = self.by;
        let (key, mode) = match command {
            Command::Create { key, mode, .. } => (*key, *mode),
            Command::Open { key } => (*key, 0),
            Command::Private { mode } => (0, *mode),
            _ => (0, 0),
        };
        let made = self.world.kernel.queues().count() > self.before.queues;
        match got {
            Ok(id) if made && key == 0 => format!(
                "{by} makes queue {id}, mode {mode:03o}, a private one: no key leads to it."
            ),
            Ok(id) if made => format!("{by} makes queue {id} with key {key}, mode {mode:03o}."),
            Ok(id) => format!("{by} opens queue {id}, which has key {key} already."),
            Err(errno) => self.failed("msgget", errno, &self.reasons().get(errno, key)),
        }
    }

    fn sent(
        &self,
        message_type: i64,
        text: Text<'_>,
        nowait: bool,
        outcome: &Outcome<()>,
    ) -> String {
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
                debug_assert!(!nowait);
                format!(
                    "{by} sleeps in msgsnd: {}.",
                    self.reasons().no_room(text.size())
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

    fn looked(&self, status: &Status) -> String {
        let name = |pid: Option<Pid>| pid.map(|pid| self.world.actors.name(pid).to_string());
        let mut sentence = format!(
            "{} looks at queue {}: key {}, mode {:03o}, owner uid {} gid {}, {}, {} of {}",
            self.by,
            self.id(),
            status.key,
            status.mode,
            status.uid,
            status.gid,
            count(status.qnum, "message"),
            status.cbytes,
            bytes(status.qbytes),
        );
        if let Some(sender) = name(status.lspid) {
            sentence.push_str(&format!(", last sent by {sender}"));
        }
        if let Some(receiver) = name(status.lrpid) {
            sentence.push_str(&format!(", last received by {receiver}"));
        }
        sentence + "."
    }

    fn set(&self, changes: &Set) -> String {
        let mut news = Vec::new();
        let status = self
            .world
            .kernel
            .queue(self.id())
            .map(|queue| queue.status().clone());
        if let (Some(asked), Some(status)) = (changes.qbytes, &status) {
            news.push(match status.qbytes {
                0 => "qbytes is 0 now: it takes no more messages".to_string(),
                qbytes if qbytes != asked => {
                    format!("qbytes is {qbytes} now: of {asked} the kernel kept the low 32 bits")
                }
                qbytes => format!("qbytes is {qbytes} now"),
            });
        }
        if let Some(mode) = changes.mode {
            news.push(format!("the mode is {mode:03o} now"));
        }
        if let Some(uid) = changes.uid {
            news.push(format!(
                "its owner is uid {uid} now, and who made it keeps the same rights"
            ));
        }
        if let Some(gid) = changes.gid {
            news.push(format!("its group is {gid} now"));
        }
        format!(
            "{} changes queue {}: {}.",
            self.by,
            self.id(),
            news.join("; ")
        )
    }
}

fn limit(which: Limit, value: u32) -> String {
    match which {
        Limit::Msgmax => format!(
            "msgmax is {value} now: no message may be longer than {}.",
            bytes(value.into())
        ),
        Limit::Msgmnb => format!(
            "msgmnb is {value} now: a new queue may hold {}. Queues that exist keep theirs.",
            bytes(value.into())
        ),
        Limit::Msgmni => format!(
            "msgmni is {value} now: there may be {}.",
            count(value.into(), "queue")
        ),
    }
}
