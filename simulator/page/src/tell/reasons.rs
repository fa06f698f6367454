//! Why a call failed or sleeps: what its errno means here and now.
//!
//! A call that failed has changed nothing, so what it saw can still be looked at. The kernel's order of
//! checks decides where several reasons hold.

use alloc::format;
use alloc::string::{String, ToString};

use simulator::{Call, Errno, Id, Kernel, MSG_EXCEPT, Pid, Status};

use super::words::{bytes, count, wanted};
use crate::command::{Receive, Set};
use crate::play::Actors;

pub(super) struct Reasons<'a> {
    pub(super) kernel: &'a Kernel,
    pub(super) actors: &'a Actors,
    pub(super) pid: Pid,
    pub(super) id: Id,
}

impl Reasons<'_> {
    pub(super) fn get(&self, errno: Errno, key: i32) -> String {
        match errno {
            Errno::ENOENT => {
                format!("there is no queue with key {key}, and open does not make one")
            }
            Errno::EEXIST => {
                format!("there is a queue with key {key} already, and excl asks for a new one")
            }
            Errno::ENOSPC => format!(
                "there are {} already, as many as msgmni allows",
                count(self.kernel.queues().count() as u64, "queue")
            ),
            Errno::EACCES => {
                let queue = self.kernel.queues().find(|queue| queue.status().key == key);
                let mode = queue.map_or(0, |queue| queue.status().mode);
                format!(
                    "the queue with key {key} has mode {mode:03o}, which does not give {} all that was asked for",
                    self.user()
                )
            }
            other => other.meaning().to_string(),
        }
    }

    pub(super) fn send(&self, errno: Errno, message_type: i64, size: usize) -> String {
        let msgmax = self.kernel.limits().msgmax;
        match errno {
            Errno::EINVAL if size as u64 > u64::from(msgmax) => {
                format!(
                    "a message may have {} at most, msgmax, and this one has {size}",
                    bytes(msgmax.into())
                )
            }
            Errno::EINVAL if message_type < 1 => {
                format!("a type is at least 1, and this one is {message_type}")
            }
            Errno::EINVAL => self.no_queue(),
            Errno::EACCES => self.not_allowed("write"),
            Errno::EAGAIN => format!(
                "{}, and nowait says not to wait for room",
                self.no_room(message_type, size)
            ),
            other => other.meaning().to_string(),
        }
    }

    /// Why this message has to wait.
    pub(super) fn no_room(&self, message_type: i64, size: usize) -> String {
        let Some(queue) = self.kernel.queue(self.id) else {
            return self.no_queue();
        };
        let size = size as u64;
        let Status {
            qbytes,
            cbytes,
            qnum,
            ..
        } = *queue.status();
        let mut why = if qbytes == 0 {
            "qbytes is 0, and so the queue takes nothing, not even an empty message".to_string()
        } else if size > qbytes {
            format!(
                "{} do not fit into a queue of {qbytes}, however empty it is",
                bytes(size)
            )
        } else if cbytes + size > qbytes {
            format!(
                "{cbytes} + {} would be more than the queue's {qbytes}",
                bytes(size)
            )
        } else {
            format!(
                "{} are in the queue, and its {qbytes} are also how many messages it may hold",
                count(qnum, "message")
            )
        };
        let mut receivers = queue.receivers();
        if let Some(waiting) = receivers.find(|receiver| self.wants(*receiver, message_type)) {
            let name = self.actors.name(waiting);
            why.push_str(&format!(", though {name} waits for this very message"));
        }
        why
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

    pub(super) fn receive(&self, errno: Errno, asked: &Receive) -> String {
        let size = asked.size.unwrap_or(self.kernel.limits().msgmax as usize) as u64;
        match errno {
            Errno::EINVAL if asked.copy && asked.except => {
                "with copy the number is a place in the queue, and except wants a type".to_string()
            }
            Errno::EINVAL if asked.copy && !asked.nowait => {
                "copy is for those alone who do not wait: it needs nowait".to_string()
            }
            Errno::EINVAL if self.kernel.queue(self.id).is_none() => self.no_queue(),
            Errno::EINVAL => {
                "a copy is never cut, whatever noerror says, and no copy is longer than msgmax"
                    .to_string()
            }
            Errno::EACCES => self.not_allowed("read"),
            Errno::E2BIG => format!(
                "the message that is due is longer than {}; it stays in the queue",
                bytes(size)
            ),
            Errno::ENOMSG if asked.copy => {
                let there = self
                    .kernel
                    .queue(self.id)
                    .map_or(0, |queue| queue.status().qnum);
                format!(
                    "{} in the queue, counted from 0, and there is no message {}",
                    if there == 1 {
                        "1 message is".to_string()
                    } else {
                        format!("{there} messages are")
                    },
                    asked.message_type
                )
            }
            Errno::ENOMSG => format!(
                "{}, and nowait says not to wait for one",
                self.no_message(asked)
            ),
            other => other.meaning().to_string(),
        }
    }

    /// Why a receiver has to wait.
    pub(super) fn no_message(&self, asked: &Receive) -> String {
        let there = self
            .kernel
            .queue(self.id)
            .map_or(0, |queue| queue.status().qnum);
        let number = asked.message_type;
        match there {
            0 => "the queue is empty".to_string(),
            _ if asked.except && number > 0 => {
                format!("every message in the queue is of type {number}")
            }
            _ => format!("no message in the queue is of {}", wanted(number, false)),
        }
    }

    pub(super) fn control(&self, errno: Errno, changes: Option<&Set>) -> String {
        let queue = self.kernel.queue(self.id);
        let (Some(queue), Errno::EPERM | Errno::EACCES) = (queue, errno) else {
            return if errno == Errno::EINVAL {
                self.no_queue()
            } else {
                errno.meaning().to_string()
            };
        };
        let Status {
            uid: owner,
            cuid: creator,
            ..
        } = *queue.status();
        let who = self.kernel.credentials(self.pid);
        match errno {
            Errno::EACCES => self.not_allowed("read"),
            _ if who.uid == owner || who.uid == creator => format!(
                "qbytes {} is above msgmnb, {}, and takes a privilege that {} does not have",
                changes
                    .and_then(|changes| changes.qbytes)
                    .unwrap_or(queue.status().qbytes),
                self.kernel.limits().msgmnb,
                self.user()
            ),
            _ if owner == creator => format!(
                "the queue belongs to uid {owner}, and {} may not change or remove it, whatever the mode says",
                self.user()
            ),
            _ => format!(
                "the queue belongs to uid {owner} and was made by uid {creator}, and {} may not change or remove it",
                self.user()
            ),
        }
    }

    fn user(&self) -> String {
        format!("uid {}", self.kernel.credentials(self.pid).uid)
    }

    fn not_allowed(&self, what: &str) -> String {
        let mode = self
            .kernel
            .queue(self.id)
            .map_or(0, |queue| queue.status().mode);
        format!(
            "the queue's mode, {mode:03o}, does not let {} {what}",
            self.user()
        )
    }

    fn no_queue(&self) -> String {
        format!("there is no queue {}", self.id)
    }
}
