//! A kernel, the model or the real one, and the few words in which the facts are told.

use std::ops::{Deref, DerefMut};

use simulator::{
    Credentials, Ended, Errno, IPC_CREAT, IPC_EXCL, IPC_NOWAIT, IPC_PRIVATE, Id, Kernel, Message,
    Outcome, Pid, Settings,
};
use simulator_proof::{Calls, Real};

/// Takes any message that the facts send.
pub(crate) const ROOM: usize = 16_384;

/// A kernel on which a fact is tried.
pub(crate) struct Stage<'a> {
    kernel: &'a mut dyn Calls,
    /// The most powerful credentials that a process can have here.
    pub(crate) highest: Credentials,
}

impl<'a> Stage<'a> {
    pub(crate) fn model(kernel: &'a mut Kernel) -> Stage<'a> {
        Stage { kernel, highest: Credentials::root() }
    }

    pub(crate) fn real(kernel: &'a mut Real) -> Stage<'a> {
        Stage { kernel, highest: Real::root() }
    }

    /// A process that may do whatever can be done here.
    pub(crate) fn root(&mut self) -> Pid {
        let highest = self.highest.clone();
        self.spawn(highest)
    }

    /// An ordinary user, in a group of the same number.
    pub(crate) fn user(&mut self, uid: u32) -> Pid {
        self.spawn(Credentials::user(uid, uid))
    }

    /// A private queue of mode 600.
    pub(crate) fn queue(&mut self, pid: Pid) -> Id {
        self.msgget(pid, IPC_PRIVATE, 0o600).expect("there is room for a queue")
    }

    /// Sends without waiting.
    pub(crate) fn send(&mut self, pid: Pid, id: Id, mtype: i64, text: &str) -> Result<(), Errno> {
        self.msgsnd(pid, id, mtype, text.as_bytes(), IPC_NOWAIT).done()
    }

    /// Sends so many bytes without waiting.
    pub(crate) fn send_bytes(&mut self, pid: Pid, id: Id, count: usize) -> Result<(), Errno> {
        self.send(pid, id, 1, &"x".repeat(count))
    }

    /// Goes to sleep in sending so many bytes of type 1.
    pub(crate) fn sleep_sending(&mut self, pid: Pid, id: Id, count: usize) {
        let outcome = self.msgsnd(pid, id, 1, &vec![b'x'; count], 0);
        assert_eq!(outcome, Outcome::Asleep);
    }

    /// Goes to sleep in receiving.
    pub(crate) fn sleep_receiving(&mut self, pid: Pid, id: Id, wanted: i64, flags: i32) {
        let outcome = self.msgrcv(pid, id, ROOM, wanted, flags);
        assert_eq!(outcome, Outcome::Asleep);
    }

    /// Receives without waiting.
    pub(crate) fn take(&mut self, pid: Pid, id: Id, wanted: i64) -> Result<(i64, String), Errno> {
        self.take_with(pid, id, ROOM, wanted, 0)
    }

    /// The same with a buffer of this size, and with flags.
    pub(crate) fn take_with(
        &mut self,
        pid: Pid,
        id: Id,
        size: usize,
        wanted: i64,
        flags: i32,
    ) -> Result<(i64, String), Errno> {
        let outcome = self.msgrcv(pid, id, size, wanted, flags | IPC_NOWAIT);
        outcome.done().map(read)
    }

    /// Sends these types in this order, each with a text that tells its place: a, b, c, ...
    pub(crate) fn send_types(&mut self, pid: Pid, id: Id, types: &[i64]) {
        for (mtype, letter) in types.iter().zip('a'..) {
            assert_eq!(self.send(pid, id, *mtype, &letter.to_string()), Ok(()));
        }
    }

    /// Changes some of what can be changed.
    pub(crate) fn change(
        &mut self,
        pid: Pid,
        id: Id,
        change: impl FnOnce(&mut Settings),
    ) -> Result<(), Errno> {
        let status = self.observe(id).expect("the queue is there");
        let mut settings = Settings::from(&status);
        change(&mut settings);
        self.set(pid, id, settings)
    }

    /// The same where nothing forbids it.
    #[track_caller]
    pub(crate) fn must_change(&mut self, pid: Pid, id: Id, change: impl FnOnce(&mut Settings)) {
        assert_eq!(self.change(pid, id, change), Ok(()));
    }

    /// A new queue with this key.
    #[track_caller]
    pub(crate) fn keyed(&mut self, pid: Pid, key: i32, mode: i32) -> Id {
        let only_once = IPC_CREAT | IPC_EXCL;
        let made = self.msgget(pid, key, only_once | mode);
        made.expect("there is room, and the key is unused")
    }

    /// What a queue holds, as types and texts.
    pub(crate) fn inside(&self, id: Id) -> Vec<(i64, String)> {
        self.contents(id).into_iter().map(read).collect()
    }

    /// How many messages and bytes are in a queue.
    pub(crate) fn fill(&self, id: Id) -> (u64, u64) {
        let status = self.observe(id).expect("the queue is there");
        (status.qnum, status.cbytes)
    }

    /// Who has woken since, and what came of the call.
    pub(crate) fn awake(&mut self) -> Vec<(Pid, Result<String, Errno>)> {
        let text = |ended| match ended {
            Ended::Sent(result) => result.map(|()| "sent".to_owned()),
            Ended::Received(result) => result.map(|message| read(message).1),
        };
        let woken = self.woken().into_iter();
        woken.map(|(pid, ended)| (pid, text(ended))).collect()
    }
}

fn read(message: Message) -> (i64, String) {
    let text = String::from_utf8(message.text).expect("the facts are told in UTF-8");
    (message.mtype, text)
}

impl<'a> Deref for Stage<'a> {
    type Target = dyn Calls + 'a;

    fn deref(&self) -> &Self::Target {
        self.kernel
    }
}

impl DerefMut for Stage<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        self.kernel
    }
}
