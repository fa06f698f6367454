//! Each behaviour by itself. What Linux is asked by the same test stands in `proof/tests/facts`,
//! and not here.

mod calls;
mod ids;
mod permission;
mod processes;
mod races;
mod sleeping_receivers;
mod sleeping_senders;

use alloc::vec::Vec;

use crate::{
    Credentials, Ended, Errno, IPC_CREAT, IPC_NOWAIT, Id, Kernel, Limits, Message, Outcome, Pid,
    Queue, Settings, Status,
};

/// A kernel with one queue, key 1234 and mode 600, and root to use it.
struct Fixture {
    kernel: Kernel,
    root: Pid,
    id: Id,
}

impl Fixture {
    fn new() -> Fixture {
        Fixture::with(Limits::default())
    }

    fn with(limits: Limits) -> Fixture {
        let mut kernel = Kernel::new(limits);
        let root = kernel.spawn(Credentials::root());
        let id = kernel
            .msgget(root, 1234, IPC_CREAT | 0o600)
            .expect("a fresh kernel has room for a queue");
        Fixture { kernel, root, id }
    }

    /// A queue that holds so many bytes.
    fn holding(msgmnb: u32) -> Fixture {
        Fixture::with(Limits { msgmnb, ..Limits::default() })
    }

    /// Another process of root's.
    fn another(&mut self) -> Pid {
        self.kernel.spawn(Credentials::root())
    }

    fn user(&mut self, uid: u32) -> Pid {
        self.kernel.spawn(Credentials::user(uid, uid))
    }

    fn send(&mut self, mtype: i64, text: &[u8]) -> Result<(), Errno> {
        let (root, id) = (self.root, self.id);
        self.kernel.msgsnd(root, id, mtype, text, IPC_NOWAIT).done()
    }

    /// Queues an empty message of each of these types.
    fn fill(&mut self, types: &[i64]) {
        for mtype in types {
            self.send(*mtype, b"").expect("there is room");
        }
    }

    fn receive(&mut self, msgtyp: i64, flags: i32) -> Result<Message, Errno> {
        self.receive_into(8192, msgtyp, flags)
    }

    fn receive_into(&mut self, size: usize, msgtyp: i64, flags: i32) -> Result<Message, Errno> {
        let (root, id, flags) = (self.root, self.id, flags | IPC_NOWAIT);
        self.kernel.msgrcv(root, id, size, msgtyp, flags).done()
    }

    /// A new process falls asleep in `msgrcv`.
    fn sleeping_receiver(&mut self, size: usize, msgtyp: i64, flags: i32) -> Pid {
        let pid = self.another();
        let outcome = self.kernel.msgrcv(pid, self.id, size, msgtyp, flags);
        assert_eq!(outcome, Outcome::Asleep);
        pid
    }

    /// A new process falls asleep in `msgsnd`, with so many bytes.
    fn sleeping_sender(&mut self, mtype: i64, size: usize) -> Pid {
        let pid = self.another();
        let text = alloc::vec![b'x'; size];
        let outcome = self.kernel.msgsnd(pid, self.id, mtype, &text, 0);
        assert_eq!(outcome, Outcome::Asleep);
        pid
    }

    fn status(&self) -> Status {
        self.kernel.stat(self.root, self.id).expect("root may look at it")
    }

    fn change(&mut self, change: impl FnOnce(&mut Settings)) -> Result<(), Errno> {
        let mut settings = Settings::from(&self.status());
        change(&mut settings);
        self.kernel.set(self.root, self.id, settings)
    }

    fn remove(&mut self) {
        let removed = self.kernel.remove(self.root, self.id);
        removed.expect("root may remove it");
    }

    fn queue(&self) -> &Queue {
        self.kernel.queue(self.id).expect("the queue is there")
    }

    /// The types of the messages that wait, oldest first.
    fn types(&self) -> Vec<i64> {
        self.queue().messages().map(|message| message.mtype).collect()
    }

    fn senders(&self) -> Vec<Pid> {
        self.queue().senders().collect()
    }

    fn receivers(&self) -> Vec<Pid> {
        self.queue().receivers().collect()
    }

    /// The receivers that have woken, and the types or errors that they got.
    fn received(&mut self) -> Vec<(Pid, Result<i64, Errno>)> {
        let woken = self.kernel.woken().into_iter();
        woken
            .map(|(pid, ended)| match ended {
                Ended::Received(result) => (pid, result.map(|message| message.mtype)),
                Ended::Sent(result) => panic!("{pid} was a sender: {result:?}"),
            })
            .collect()
    }

    /// The senders that have woken, and what came of it.
    fn sent(&mut self) -> Vec<(Pid, Result<(), Errno>)> {
        let woken = self.kernel.woken().into_iter();
        woken
            .map(|(pid, ended)| match ended {
                Ended::Sent(result) => (pid, result),
                Ended::Received(result) => panic!("{pid} was a receiver: {result:?}"),
            })
            .collect()
    }
}
