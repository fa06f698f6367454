//! Why a sender has to wait for room, and who goes on waiting.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use simulator::{Call, Lack, Outcome, Status};

use super::Teller;
use super::reasons::Reasons;
use crate::command::Command;
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
        let why = lacking(queue.status(), size);
        match queue.wanted_by(message_type) {
            Some(waiting) => {
                format!("{why}, though {} waits for this very message", self.actors.name(waiting))
            }
            None => why,
        }
    }
}

impl Teller<'_> {
    /// What to tell of those who sleep in msgsnd after a line that made room: whose message did not
    /// fit, and who was woken and found the room gone.
    pub(super) fn without_room(
        &self,
        command: &Command<'_>,
        result: &Result,
    ) -> (Vec<String>, Vec<String>) {
        let (mut in_vain, mut too_late) = (Vec::new(), Vec::new());
        let queue = self.world.kernel.queue(self.id());
        let compared = self.done.compared.as_ref().filter(|_| made_room(command, result));
        let (Some(queue), Some(compared)) = (queue, compared) else {
            return (in_vain, too_late);
        };
        for sender in queue.senders() {
            let sleep = self.world.kernel.sleeping(sender);
            let Some(Call::Send(message)) = sleep.map(|sleep| &sleep.call) else {
                continue;
            };
            let (name, size) = (self.world.actors.name(sender), message.text.len());
            if self.done.runnable.contains(&sender) {
                too_late.push(format!(
                    "{name} wakes too late and sleeps again: {}.",
                    lacking(queue.status(), size)
                ));
            } else {
                in_vain.push(format!("{name} sleeps on: {}.", lacking(compared, size)));
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
}

/// Whether the line gave those who sleep in msgsnd something to hope for.
fn made_room(command: &Command<'_>, result: &Result) -> bool {
    match (command, result) {
        (Command::Receive(wanted), Result::Received(Outcome::Done(Ok(_)))) => !wanted.copy,
        (Command::Set(changes), Result::Controlled(Ok(_))) => changes.qbytes.is_some(),
        _ => false,
    }
}

/// What keeps a message of this size out, as the model finds it.
fn lacking(status: &Status, size: usize) -> String {
    let Status { qbytes, cbytes, qnum, .. } = *status;
    match status.lacks(size) {
        _ if qbytes == 0 => {
            "qbytes is 0, and so the queue takes nothing, not even an empty message".to_string()
        }
        Some(Lack::Bytes) if size as u64 > qbytes => format!(
            "{} do not fit into a queue of {qbytes}, however empty it is",
            bytes(size as u64)
        ),
        Some(Lack::Bytes) => {
            format!("{cbytes} + {size} bytes would be more than the queue's {qbytes}")
        }
        _ => format!(
            "{} {} in the queue, and its qbytes, {qbytes}, are also how many messages it may hold",
            count(qnum, "message"),
            are(qnum)
        ),
    }
}
