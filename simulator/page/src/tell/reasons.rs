//! Why a call failed or sleeps: what its errno means here and now.
//!
//! A call that failed has changed nothing, so what it saw can still be looked at. The kernel's
//! order of checks decides where several reasons hold.

mod control;

use alloc::format;
use alloc::string::{String, ToString};

use simulator::{Errno, Id, Kernel, Pid};

use crate::command::Receive;
use crate::words::{are, bytes, count, key as key_of, wanted};
use crate::world::Actors;

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
                format!("there is no queue with {}, and open does not make one", key_of(key))
            }
            Errno::EEXIST => {
                format!(
                    "there is a queue with {} already, and excl asks for a new one",
                    key_of(key)
                )
            }
            Errno::ENOSPC => {
                let there = self.kernel.queues().count() as u64;
                format!(
                    "there {} {} already, as many as msgmni allows",
                    are(there),
                    count(there, "queue")
                )
            }
            Errno::EACCES => {
                let queue = self.kernel.queues().find(|queue| queue.status().key == key);
                let mode = queue.map_or(0, |queue| queue.status().mode);
                format!(
                    "the queue with {} has mode {mode:03o}, which does not give {} all that was asked for",
                    key_of(key),
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

    pub(super) fn receive(&self, errno: Errno, asked: &Receive) -> String {
        let size = asked.size.unwrap_or(self.kernel.limits().msgmax as usize) as u64;
        match errno {
            Errno::EINVAL if asked.copy && asked.except => {
                "with copy the number is a place in the queue, and except wants a type".to_string()
            }
            Errno::EINVAL if asked.copy && !asked.nowait => {
                "copy needs nowait: the kernel copies for those alone who do not wait".to_string()
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
                let there = self.kernel.queue(self.id).map_or(0, |queue| queue.status().qnum);
                format!(
                    "{} {} in the queue, counted from 0, and there is no message {}",
                    count(there, "message"),
                    are(there),
                    asked.message_type
                )
            }
            Errno::ENOMSG => {
                format!("{}, and nowait says not to wait for one", self.no_message(asked))
            }
            other => other.meaning().to_string(),
        }
    }

    /// Why a receiver has to wait.
    pub(super) fn no_message(&self, asked: &Receive) -> String {
        let there = self.kernel.queue(self.id).map_or(0, |queue| queue.status().qnum);
        let number = asked.message_type;
        match there {
            0 => "the queue is empty".to_string(),
            _ if asked.except && number > 0 => {
                format!("every message in the queue is of type {number}")
            }
            _ => format!("no message in the queue is of {}", wanted(number, false)),
        }
    }

    fn user(&self) -> String {
        format!("uid {}", self.kernel.credentials(self.pid).uid)
    }

    fn not_allowed(&self, what: &str) -> String {
        let mode = self.kernel.queue(self.id).map_or(0, |queue| queue.status().mode);
        format!("the queue's mode, {mode:03o}, does not let {} {what}", self.user())
    }

    pub(super) fn no_queue(&self) -> String {
        format!("there is no queue {}", self.id)
    }
}
