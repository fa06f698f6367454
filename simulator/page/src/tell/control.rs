//! Calls and lines that move no message.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use simulator::{Errno, Id, Pid, Status};

use super::Teller;
use crate::command::{Command, Limit, Set};
use crate::words::{bytes, count, filled, key as key_of};

impl Teller<'_> {
    pub(super) fn got(
        &self,
        command: &Command<'_>,
        got: core::result::Result<Id, Errno>,
    ) -> String {
        let by = self.by;
        let (key, mode) = match command {
            Command::Create { key, mode, .. } => (*key, *mode),
            Command::Open { key } => (*key, 0),
            Command::Private { mode } => (0, *mode),
            _ => (0, 0),
        };
        let made = self.world.kernel.queues().count() > self.done.before.queues;
        match got {
            Ok(id) if made && key == 0 => format!(
                "{by} makes queue {id}, mode {mode:03o}, a private one: no key leads to it."
            ),
            Ok(id) if made => {
                format!("{by} makes queue {id} with {}, mode {mode:03o}.", key_of(key))
            }
            Ok(id) => format!("{by} opens queue {id}, which has {} already.", key_of(key)),
            Err(errno) => self.failed("msgget", errno, &self.reasons().get(errno, key)),
        }
    }

    pub(super) fn looked(&self, status: &Status) -> String {
        let name = |pid: Option<Pid>| pid.map(|pid| self.world.actors.name(pid).to_string());
        let mut sentence = format!(
            "{} looks at queue {}: {}, mode {:03o}, owner uid {} gid {}, {}, {}",
            self.by,
            self.id(),
            key_of(status.key),
            status.mode,
            status.uid,
            status.gid,
            count(status.qnum, "message"),
            filled(status.cbytes, status.qbytes, status.qnum),
        );
        if let Some(sender) = name(status.lspid) {
            sentence.push_str(&format!(", last sent by {sender}"));
        }
        if let Some(receiver) = name(status.lrpid) {
            sentence.push_str(&format!(", last received by {receiver}"));
        }
        sentence + "."
    }

    pub(super) fn set(&self, changes: &Set) -> String {
        let mut news = Vec::new();
        let status = self.world.kernel.queue(self.id()).map(|queue| queue.status().clone());
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
            news.push(format!("its owner is uid {uid} now, and who made it keeps the same rights"));
        }
        if let Some(gid) = changes.gid {
            news.push(format!("its group is {gid} now"));
        }
        format!("{} changes queue {}: {}.", self.by, self.id(), news.join("; "))
    }
}

pub(super) fn limit(which: Limit, value: u32) -> String {
    match which {
        Limit::Msgmax => {
            format!("msgmax is {value} now: no message may be longer than {}.", bytes(value.into()))
        }
        Limit::Msgmnb => format!(
            "msgmnb is {value} now: a new queue may hold {}. Queues that exist keep theirs.",
            bytes(value.into())
        ),
        Limit::Msgmni => {
            format!("msgmni is {value} now: there may be {}.", count(value.into(), "queue"))
        }
    }
}
