//! Messages that were sent and received, and what is in the queue then.

use alloc::format;
use alloc::string::String;

use simulator::{Ended, Outcome};

use super::Teller;
use super::messages::{described, in_queue, sent};
use crate::command::{Command, Receive, Text};
use crate::world::Result;

impl Teller<'_> {
    pub(super) fn sent(&self, message_type: i64, text: Text<'_>, outcome: &Outcome<()>) -> String {
        let by = self.by;
        match outcome {
            Outcome::Done(Ok(())) => {
                let handed = self
                    .done
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

    pub(super) fn received(
        &self,
        wanted: &Receive,
        outcome: &Outcome<simulator::Message>,
    ) -> String {
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
            Outcome::Asleep => {
                format!("{by} sleeps in msgrcv: {}.", self.reasons().no_message(wanted))
            }
        }
    }

    /// What `MSG_NOERROR` took away, which the receiver cannot see.
    pub(super) fn cut(&self, message: &simulator::Message) -> String {
        let size = message.text.len();
        match self.done.before.size(message.serial) {
            Some(whole) if whole > size => format!(
                ", all that is left of {whole}: the rest is lost, and the receiver is not told"
            ),
            _ => String::new(),
        }
    }

    /// What is in the queue after the line, if that has become more or less.
    pub(super) fn now(&self, command: &Command<'_>, result: &Result) -> Option<String> {
        let handed = |ended: &Ended| matches!(ended, Ended::Received(Ok(_)));
        let sent = |ended: &Ended| matches!(ended, Ended::Sent(Ok(())));
        let changed = match (command, result) {
            (Command::Send { .. }, Result::Sent(Outcome::Done(Ok(())))) => {
                !self.done.woken.iter().any(|(_, ended)| handed(ended))
            }
            (Command::Receive(wanted), Result::Received(Outcome::Done(Ok(_)))) => !wanted.copy,
            _ => self.done.woken.iter().any(|(_, ended)| sent(ended)),
        };
        let queue = self.world.kernel.queue(self.id()).filter(|_| changed)?;
        Some(in_queue(queue.status()))
    }
}
