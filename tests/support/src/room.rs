//! A room: the queues that one test may see, make and must clear away.

use crate::entry::Entry;
use crate::namespace::current_namespace;
use nix::errno::Errno;
use nix::unistd::getpid;
use std::fs;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI32, Ordering};

/// The place where one test is [alone](fn@crate::alone).
#[derive(Debug)]
pub struct Room {
    /// Names the IPC namespace this room is in (its own or, without one, everybody's).
    namespace: u64,
    own: bool,
    keys: Mutex<Vec<i32>>,
    ids: Mutex<Vec<i32>>,
}

impl Room {
    /// A room in the namespace that the calling thread is in; `own` if nobody else is.
    pub(crate) fn here(own: bool) -> Room {
        Room { namespace: current_namespace(), own, keys: Mutex::default(), ids: Mutex::default() }
    }

    /// Whether the room is an IPC namespace of its own.
    ///
    /// Only then is every queue in it the test's own, are ids counted from 0, and can limits be
    /// changed.
    pub fn is_namespace(&self) -> bool {
        self.own
    }

    /// A key that no queue has, and that no other room is given.
    ///
    /// Keys are counted from the process id times 1024: different in every test program that runs
    /// at the same time, and far from 0 (`IPC_PRIVATE`). More than 1024 in one program run into
    /// those of the next process id.
    pub fn key(&self) -> i32 {
        static COUNT: AtomicI32 = AtomicI32::new(0);
        let taken = Entry::all();
        loop {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let key = (getpid().as_raw() << 10).wrapping_add(count);
            // 1234 is the programs' default: somebody's real server may be about to use it.
            if key != 1234 && taken.iter().all(|queue| queue.key != key) {
                self.keys.lock().expect("no panic under this lock").push(key);
                return key;
            }
        }
    }

    /// Counts the queue `id` to this room, for the leak check and the watchdog.
    ///
    /// In a namespace every queue is counted anyway. Without one, this is how the room learns of
    /// queues whose key did not come from [`key`](Room::key): private ones, and those named by a
    /// file.
    pub fn watch(&self, id: i32) {
        self.ids.lock().expect("no panic under this lock").push(id);
    }

    /// The room's queues, as the kernel lists them.
    ///
    /// In a namespace that is every queue there; otherwise those with a key from
    /// [`key`](Room::key) or an id given to [`watch`](Room::watch).
    pub fn queues(&self) -> Vec<Entry> {
        assert_eq!(
            current_namespace(),
            self.namespace,
            "this thread is not in the room: it was started before the test began"
        );
        let mut queues = Entry::all();
        if !self.own {
            let keys = self.keys.lock().expect("no panic under this lock");
            let ids = self.ids.lock().expect("no panic under this lock");
            queues.retain(|queue| keys.contains(&queue.key) || ids.contains(&queue.msqid));
        }
        queues
    }

    /// Removes the queue `id`, with all that is in it; whoever sleeps on it gets `EIDRM`.
    ///
    /// # Panics
    ///
    /// When there is no such queue, or it is not ours to remove.
    #[track_caller]
    pub fn remove(&self, id: i32) {
        if let Err(errno) = remove(id) {
            panic!("cannot remove the message queue with id {id}: {errno}");
        }
    }

    /// Removes all of the room's queues and returns what they were.
    pub(crate) fn clear(&self) -> Vec<Entry> {
        let queues = self.queues();
        for queue in &queues {
            // Gone already is as good; not ours to remove cannot be helped here, and is reported
            // as a leak by the caller.
            let _ = remove(queue.msqid);
        }
        queues
    }

    /// The value of a limit of System V IPC, such as `msgmni`, `msgmax` or `msgmnb`.
    #[track_caller]
    pub fn limit(&self, name: &str) -> u64 {
        let file = format!("/proc/sys/kernel/{name}");
        let text = fs::read_to_string(&file).unwrap_or_else(|e| panic!("cannot read {file}: {e}"));
        text.trim().parse().unwrap_or_else(|e| panic!("{file} holds {text:?}: {e}"))
    }

    /// Changes a limit for this room and nobody else, until the test ends.
    ///
    /// # Panics
    ///
    /// Outside a namespace, where it would change the machine: call this in
    /// [`in_namespace`](crate::in_namespace).
    #[track_caller]
    pub fn set_limit(&self, name: &str, value: u64) {
        assert!(
            self.own && current_namespace() == self.namespace,
            "{name} can be changed only in a namespace of the test's own: use in_namespace"
        );
        let file = format!("/proc/sys/kernel/{name}");
        if let Err(error) = fs::write(&file, value.to_string()) {
            panic!("cannot set {name} to {value}: {file}: {error}");
        }
    }
}

fn remove(id: i32) -> nix::Result<()> {
    // SAFETY: IPC_RMID takes no third argument; the kernel does not look at the null pointer, and
    // it checks the id itself.
    let result = unsafe { libc::msgctl(id, libc::IPC_RMID, std::ptr::null_mut()) };
    Errno::result(result).map(drop)
}
