//! How a call ended that had been asleep.

use alloc::format;
use alloc::string::{String, ToString};

use simulator::{Ended, Errno, Pid};

use super::Teller;
use super::messages::described;
use crate::command::Command;
use crate::words::bytes;

impl Teller<'_> {
    pub(super) fn woken(&self, pid: Pid, ended: &Ended, line: &Command<'_>) -> String {
        let name = self.world.actors.name(pid);
        match ended {
            Ended::Sent(Ok(())) => {
                format!("{name} wakes: there is room, and its message has been sent.")
            }
            Ended::Received(Ok(message)) => {
                format!("{name} wakes with {}{}.", described(message), self.cut_of(message, line))
            }
            Ended::Sent(Err(errno)) => format!(
                "{name} wakes: msgsnd fails with {}: {}. Its message was not sent.",
                errno.name(),
                ended_by(*errno)
            ),
            Ended::Received(Err(Errno::E2BIG)) => {
                let size = if let Command::Send { text, .. } = line {
                    format!(" of {}", bytes(text.size() as u64))
                } else {
                    String::new()
                };
                format!(
                    "{name} wakes: msgrcv fails with E2BIG: the message{size} is longer than {name} has room for, and goes to the next who wants it, or into the queue."
                )
            }
            Ended::Received(Err(errno)) => {
                format!("{name} wakes: msgrcv fails with {}: {}.", errno.name(), ended_by(*errno))
            }
        }
    }

    /// As [`Teller::cut`], also for the message that this very line sends.
    fn cut_of(&self, message: &simulator::Message, line: &Command<'_>) -> String {
        match line {
            Command::Send { text, .. }
                if self.done.before.size(message.serial).is_none()
                    && text.size() > message.text.len() =>
            {
                format!(
                    ", all that is left of {}: the rest is lost, and the receiver is not told",
                    text.size()
                )
            }
            _ => self.cut(message),
        }
    }
}

fn ended_by(errno: Errno) -> String {
    match errno {
        Errno::EINTR => "a signal came, and the kernel never restarts this call".to_string(),
        Errno::EIDRM => "the queue was removed".to_string(),
        Errno::EACCES => "the mode no longer allows it".to_string(),
        other => other.meaning().to_string(),
    }
}
