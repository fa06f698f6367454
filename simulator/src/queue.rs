//! One queue: the messages in it and those who wait at it.

use alloc::collections::VecDeque;
use alloc::vec::Vec;

use crate::select::Search;
use crate::{Errno, Id, Message, Pid, Status};

/// A queue as the kernel holds it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Queue {
    id: Id,
    pub(crate) status: Status,
    messages: VecDeque<Message>,
    receivers: Vec<Receiver>,
    senders: Vec<Sender>,
}

/// A process that sleeps in `msgrcv`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Receiver {
    pub(crate) pid: Pid,
    pub(crate) search: Search,
    /// The longest message that it can take.
    pub(crate) longest: usize,
}

/// A process that sleeps in `msgsnd`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Sender {
    pub(crate) pid: Pid,
    /// How long its message is.
    pub(crate) size: usize,
}

impl Queue {
    pub(crate) fn new(id: Id, status: Status) -> Queue {
        Queue { id, status, messages: VecDeque::new(), receivers: Vec::new(), senders: Vec::new() }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> Id {
        self.id
    }

    /// What `IPC_STAT` tells those who may read.
    #[must_use]
    pub fn status(&self) -> &Status {
        &self.status
    }

    /// The messages, oldest first.
    pub fn messages(&self) -> impl ExactSizeIterator<Item = &Message> {
        self.messages.iter()
    }

    /// Those who sleep in `msgrcv`, in the order in which a message is offered to them.
    pub fn receivers(&self) -> impl Iterator<Item = Pid> {
        self.receivers.iter().map(|receiver| receiver.pid)
    }

    /// Those who sleep in `msgsnd`, in the order in which they are woken.
    pub fn senders(&self) -> impl Iterator<Item = Pid> {
        self.senders.iter().map(|sender| sender.pid)
    }

    /// The first of the sleeping receivers that wants a message of this type, whether or not its
    /// buffer is long enough.
    #[must_use]
    pub fn wanted_by(&self, mtype: i64) -> Option<Pid> {
        let place = self.first_to_want(mtype)?;
        Some(self.receivers[place].pid)
    }

    fn first_to_want(&self, mtype: i64) -> Option<usize> {
        let mut receivers = self.receivers.iter();
        receivers.position(|receiver| receiver.search.wants(mtype))
    }

    /// Hands a message to the first sleeping receiver that wants it and has room for it; if there
    /// is none, it joins the queue. Returns whom to wake, with what.
    ///
    /// A receiver that wants the message but has too small a buffer is woken too, with `E2BIG`, and
    /// the search goes on: one message can wake several.
    pub(crate) fn deliver(&mut self, message: Message) -> Vec<(Pid, Result<Message, Errno>)> {
        let mut woken = Vec::new();
        while let Some(place) = self.first_to_want(message.mtype) {
            let Receiver { pid, longest, .. } = self.receivers.remove(place);
            if message.text.len() <= longest {
                self.status.lrpid = Some(pid);
                woken.push((pid, Ok(message)));
                return woken;
            }
            woken.push((pid, Err(Errno::E2BIG)));
        }
        self.status.cbytes += message.text.len() as u64;
        self.status.qnum += 1;
        self.messages.push_back(message);
        woken
    }

    /// The message that a search finds, and its place.
    pub(crate) fn find(&self, search: Search) -> Option<(usize, &Message)> {
        let place = search.find(&self.messages)?;
        self.messages.get(place).map(|message| (place, message))
    }

    /// Takes the message at this place out.
    pub(crate) fn take(&mut self, place: usize) -> Option<Message> {
        let message = self.messages.remove(place)?;
        self.status.cbytes -= message.text.len() as u64;
        self.status.qnum -= 1;
        Some(message)
    }

    /// The senders to wake now that there may be room: those whose message fits, each for itself.
    /// So more may be woken than there is room for. They stay in the list until they run.
    ///
    /// The others go behind these and keep their order among themselves.
    pub(crate) fn senders_to_wake(&mut self) -> Vec<Pid> {
        let senders = core::mem::take(&mut self.senders);
        let (fitting, waiting): (Vec<_>, Vec<_>) =
            senders.into_iter().partition(|sender| self.status.lacks(sender.size).is_none());
        let woken = fitting.iter().map(|sender| sender.pid).collect();
        self.senders = [fitting, waiting].concat();
        woken
    }

    pub(crate) fn join_receivers(&mut self, receiver: Receiver) {
        self.receivers.push(receiver);
    }

    pub(crate) fn join_senders(&mut self, sender: Sender) {
        self.senders.push(sender);
    }

    /// Whether a process is in one of the lists.
    pub(crate) fn waits(&self, pid: Pid) -> bool {
        self.receivers().chain(self.senders()).any(|waiter| waiter == pid)
    }

    /// Takes a process out of the list that it waits in.
    pub(crate) fn leave(&mut self, pid: Pid) {
        self.receivers.retain(|receiver| receiver.pid != pid);
        self.senders.retain(|sender| sender.pid != pid);
    }
}
