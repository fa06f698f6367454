//! msgsnd(2): put a message in.

use crate::flags::IPC_NOWAIT;
use crate::queue::Sender;
use crate::{Call, Errno, Id, Kernel, Message, Outcome, Pid, permission};

impl Kernel {
    /// Sends a message; sleeps while there is no room, unless [`IPC_NOWAIT`] is given.
    ///
    /// # Errors
    ///
    /// - `EINVAL`: the text is longer than `msgmax`, or the type below 1, or there is no such
    ///   queue.
    /// - `EACCES`: the mode does not let this process write.
    /// - `EAGAIN`: there is no room, and [`IPC_NOWAIT`]. A message longer than the capacity never
    ///   has any.
    ///
    /// Those who slept may also see:
    ///
    /// - `EIDRM`: the queue was removed. `EINTR`: a signal came.
    /// - `EACCES`: the mode was changed. The kernel looks again only when it wakes a sender, and it
    ///   does not wake one whose message does not fit: a sender at a full queue sleeps on, allowed
    ///   or not.
    pub fn msgsnd(&mut self, pid: Pid, id: Id, mtype: i64, text: &[u8], flags: i32) -> Outcome<()> {
        self.enter(pid);
        // The size and the type are looked at before the queue is.
        if text.len() as u64 > u64::from(self.limits.msgmax) || mtype < 1 {
            return Outcome::Done(Err(Errno::EINVAL));
        }
        self.serial += 1;
        let message = Message { serial: self.serial, mtype, text: text.to_vec() };
        if let Some(result) = self.send_if_room(pid, id, &message) {
            self.settle();
            return Outcome::Done(result);
        }
        if flags & IPC_NOWAIT != 0 {
            return Outcome::Done(Err(Errno::EAGAIN));
        }
        self.wait_for_room(pid, id, message.text.len());
        self.fall_asleep(pid, id, Call::Send(message));
        Outcome::Asleep
    }

    /// One attempt; `None` where there is no room.
    pub(crate) fn send_if_room(
        &mut self,
        pid: Pid,
        id: Id,
        message: &Message,
    ) -> Option<Result<(), Errno>> {
        let who = &self.process(pid).credentials;
        let Some(queue) = self.slots.get(id) else {
            return Some(Err(Errno::EINVAL));
        };
        if !permission::allows(queue.status(), who, permission::WRITE) {
            return Some(Err(Errno::EACCES));
        }
        if queue.status().lacks(message.text.len()).is_some() {
            return None;
        }
        let queue = self.slots.get_mut(id)?;
        queue.status.lspid = Some(pid);
        let woken = queue.deliver(message.clone());
        for (receiver, answer) in woken {
            self.answer(receiver, answer);
        }
        Some(Ok(()))
    }

    /// Puts a sender at the end of the list, also one that was woken and came too late.
    pub(crate) fn wait_for_room(&mut self, pid: Pid, id: Id, size: usize) {
        if let Some(queue) = self.slots.get_mut(id) {
            queue.join_senders(Sender { pid, size });
        }
    }
}
