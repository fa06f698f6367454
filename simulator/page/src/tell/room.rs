//! Why a sender has to wait for room, and who goes on waiting.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use simulator::{Call, MSG_EXCEPT, Outcome, Pid, Status};

use super::Teller;
use super::reasons::Reasons;
use crate::command::{Command, Set};
use crate::words::{are, bytes, count};
use crate::world::Result;

/// Of so many that go on sleeping each is named.
const NAMED: usize = 6;

impl Reasons<'_> {
    /// Why this message has to wait.
    pub(super) fn no_room(&self, message_type: i64, size: usize) -> String {
        let Some(queue) = self.kernel.queue(self.id) else {
            return self.no_queue();
        };
        let why = lacking(queue.status(), size as u64);
        let mut receivers = queue.receivers();
        match receivers.find(|receiver| self.wants(*receiver, message_type)) {
            Some(waiting) => format!(
                "{why}, though {} waits for this very message",
                self.actors.name(waiting)
            ),
            None => why,
        }
    }

    /// Whether a sleeping receiver would take a message of this type.
    fn wants(&self, receiver: Pid, message_type: i64) -> bool {
        match self.kernel.sleeping(receiver).map(|sleep| &sleep.call) {
            Some(Call::Receive {
                msgtyp: unwanted @ 1..,
                flags,
                ..
            }) if flags & MSG_EXCEPT != 0 => message_type != *unwanted,
            Some(Call::Receive {
                msgtyp: wanted @ 1..,
                ..
            }) => message_type == *wanted,
            Some(Call::Receive { msgtyp, .. }) => {
                *msgtyp == 0 || message_type <= msgtyp.saturating_neg()
            }
            _ => false,
        }
    }
}

impl Teller<'_> {
    /// What to tell of those who sleep in msgsnd after a line that made room: whose message did not fit, and who
    /// was woken and found the room gone.
    pub(super) fn without_room(
        &self,
        command: &Command<'_>,
        result: &Result,
    ) -> (Vec<String>, Vec<String>) {
        let (mut in_vain, mut too_late) = (Vec::new(), Vec::new());
        let queue = self.world.kernel.queue(self.id());
        let (Some(queue), Some(seen)) = (queue, self.room_made(command, result)) else {
            return (in_vain, too_late);
        };
        for sender in queue.senders() {
            let sleep = self.world.kernel.sleeping(sender);
            let Some(Call::Send(message)) = sleep.map(|sleep| &sleep.call) else {
                continue;
            };
            let (name, size) = (self.world.actors.name(sender), message.text.len() as u64);
            if fits(&seen, size) {
                too_late.push(format!(
                    "{name} wakes too late and sleeps again: {}.",
                    lacking(queue.status(), size)
                ));
            } else {
                in_vain.push(format!("{name} sleeps on: {}.", lacking(&seen, size)));
            }
        }
        let more = in_vain.len().saturating_sub(NAMED) as u64;
        if more > 0 {
            in_vain.truncate(NAMED);
            let verb = if more == 1 { "sleeps" } else { "sleep" };
            in_vain.push(format!("{more} more {verb} on, for the same reason."));
        }
        too_late.truncate(NAMED);
        (in_vain, too_late)
    }

    /// The queue as the sleeping senders were compared with it, if this line was a reason to.
    fn room_made(&self, command: &Command<'_>, result: &Result) -> Option<Status> {
        let before = self.before.current.clone()?;
        match (command, result) {
            (Command::Receive(wanted), Result::Received(Outcome::Done(Ok(message))))
                if !wanted.copy =>
            {
                let size = self.before.size(message.serial)? as u64;
                Some(Status {
                    cbytes: before.cbytes - size,
                    qnum: before.qnum - 1,
                    ..before
                })
            }
            (
                Command::Set(Set {
                    qbytes: Some(_), ..
                }),
                Result::Controlled(Ok(_)),
            ) => Some(Status {
                qbytes: self.world.kernel.queue(self.id())?.status().qbytes,
                ..before
            }),
            _ => None,
        }
    }
}

/// The kernel's rule.
fn fits(status: &Status, size: u64) -> bool {
    status.cbytes + size <= status.qbytes && status.qnum < status.qbytes
}

/// What keeps a message of this size out.
fn lacking(status: &Status, size: u64) -> String {
    let Status {
        qbytes,
        cbytes,
        qnum,
        ..
    } = *status;
    if qbytes == 0 {
        "qbytes is 0, and so the queue takes nothing, not even an empty message".to_string()
    } else if size > qbytes {
        format!(
            "{} do not fit into a queue of {qbytes}, however empty it is",
            bytes(size)
        )
    } else if cbytes + size > qbytes {
        format!("{cbytes} + {size} bytes would be more than the queue's {qbytes}")
    } else {
        format!(
            "{} {} in the queue, and its qbytes, {qbytes}, are also how many messages it may hold",
            count(qnum, "message"),
            are(qnum)
        )
    }
}
