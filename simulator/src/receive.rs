//! msgrcv(2): take a message out.

use crate::flags::{IPC_NOWAIT, MSG_COPY, MSG_EXCEPT, MSG_NOERROR};
use crate::queue::Receiver;
use crate::select::Search;
use crate::{Call, Errno, Id, Kernel, Message, Outcome, Pid, permission};

impl Kernel {
    /// Receives a message into a buffer of `size` bytes; sleeps until there is one, unless
    /// [`IPC_NOWAIT`] is given.
    ///
    /// `msgtyp` chooses: 0 the oldest, a type the oldest of that type (with [`MSG_EXCEPT`] of any
    /// other), a negative number the lowest type up to its absolute value. With [`MSG_COPY`] it is
    /// a place, 0 the oldest, and the message stays.
    ///
    /// # Errors
    ///
    /// - `EINVAL`: a size that is negative to C; [`MSG_COPY`] without [`IPC_NOWAIT`] or with
    ///   [`MSG_EXCEPT`]; no such queue.
    /// - `EACCES`: the mode does not let this process read.
    /// - `E2BIG`: the message is longer than the buffer, and stays. [`MSG_NOERROR`] cuts it
    ///   instead, but not a copy (`EINVAL`), which also cannot be longer than today's `msgmax`.
    /// - `ENOMSG`: there is none, and [`IPC_NOWAIT`].
    ///
    /// Those who slept may also see `EIDRM` (the queue was removed), `EINTR` (a signal came),
    /// `EACCES` (the mode was changed) and `E2BIG`, of a message that was then offered to the next.
    pub fn msgrcv(
        &mut self,
        pid: Pid,
        id: Id,
        size: usize,
        msgtyp: i64,
        flags: i32,
    ) -> Outcome<Message> {
        self.enter(pid);
        if i64::try_from(size).is_err() {
            return Outcome::Done(Err(Errno::EINVAL));
        }
        let copies = flags & MSG_COPY != 0;
        if copies && (flags & MSG_EXCEPT != 0 || flags & IPC_NOWAIT == 0) {
            return Outcome::Done(Err(Errno::EINVAL));
        }
        let wish = Wish::new(size, msgtyp, flags);
        if let Some(result) = self.receive_if_there(pid, id, wish) {
            self.settle();
            return Outcome::Done(result);
        }
        if flags & IPC_NOWAIT != 0 {
            return Outcome::Done(Err(Errno::ENOMSG));
        }
        self.wait_for_message(pid, id, wish);
        let call = Call::Receive { size, msgtyp, flags };
        self.fall_asleep(pid, id, call);
        Outcome::Asleep
    }

    /// One attempt; `None` where there is no such message.
    pub(crate) fn receive_if_there(
        &mut self,
        pid: Pid,
        id: Id,
        wish: Wish,
    ) -> Option<Result<Message, Errno>> {
        let who = &self.process(pid).credentials;
        let Some(queue) = self.slots.get(id) else {
            return Some(Err(Errno::EINVAL));
        };
        if !permission::allows(queue.status(), who, permission::READ) {
            return Some(Err(Errno::EACCES));
        }
        let (place, message) = queue.find(wish.search)?;
        let length = message.text.len();
        if length > wish.longest() {
            return Some(Err(Errno::E2BIG));
        }
        if wish.copies {
            // The kernel copies into a message of its own, made as long as the buffer or msgmax.
            let limit = u64::from(self.limits.msgmax).min(wish.size as u64);
            return Some(if length as u64 > limit {
                Err(Errno::EINVAL)
            } else {
                Ok(message.clone())
            });
        }
        let queue = self.slots.get_mut(id)?;
        let message = queue.take(place)?;
        queue.status.lrpid = Some(pid);
        for sender in queue.senders_to_wake() {
            self.wake(sender);
        }
        Some(Ok(wish.cut(message)))
    }

    /// Puts a receiver at the end of the list, also one that was woken and found nothing.
    pub(crate) fn wait_for_message(&mut self, pid: Pid, id: Id, wish: Wish) {
        if let Some(queue) = self.slots.get_mut(id) {
            queue.join_receivers(Receiver { pid, search: wish.search, longest: wish.longest() });
        }
    }
}

/// What one call of `msgrcv` asks for.
#[derive(Clone, Copy)]
pub(crate) struct Wish {
    search: Search,
    size: usize,
    cuts: bool,
    copies: bool,
}

impl Wish {
    pub(crate) fn new(size: usize, msgtyp: i64, flags: i32) -> Wish {
        Wish {
            search: Search::new(msgtyp, flags),
            size,
            cuts: flags & MSG_NOERROR != 0,
            copies: flags & MSG_COPY != 0,
        }
    }

    /// The longest message that it can take.
    fn longest(self) -> usize {
        if self.cuts { usize::MAX } else { self.size }
    }

    /// The message as it arrives in the buffer.
    pub(crate) fn cut(self, mut message: Message) -> Message {
        message.text.truncate(self.size);
        message
    }
}
