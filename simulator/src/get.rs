//! msgget(2): from a key to an id.

use crate::flags::{IPC_CREAT, IPC_EXCL, IPC_PRIVATE, MODE_BITS};
use crate::ids::MOST_SLOTS;
use crate::{Errno, Id, Kernel, Pid, Queue, Status, permission};

impl Kernel {
    /// Finds the queue with this key, or makes one.
    ///
    /// The low nine bits of `flags` are the mode of a new queue, without a umask. For a queue that
    /// exists they are what is asked to be allowed: `msgget(key, 0)` asks for nothing and opens
    /// anybody's.
    ///
    /// # Errors
    ///
    /// - `ENOENT`: there is none, and no [`IPC_CREAT`].
    /// - `EEXIST`: there is one, [`IPC_CREAT`] and [`IPC_EXCL`]; looked at before the mode.
    /// - `EACCES`: there is one, and its mode does not allow what was asked for.
    /// - `ENOSPC`: one would have to be made, and there are `msgmni` already.
    pub fn msgget(&mut self, pid: Pid, key: i32, flags: i32) -> Result<Id, Errno> {
        self.enter(pid);
        if key == IPC_PRIVATE {
            return self.create(pid, key, flags);
        }
        let Some(queue) = self.slots.find(key) else {
            if flags & IPC_CREAT == 0 {
                return Err(Errno::ENOENT);
            }
            return self.create(pid, key, flags);
        };
        if flags & IPC_CREAT != 0 && flags & IPC_EXCL != 0 {
            return Err(Errno::EEXIST);
        }
        if !permission::allows(queue.status(), self.credentials(pid), flags) {
            return Err(Errno::EACCES);
        }
        Ok(queue.id())
    }

    fn create(&mut self, pid: Pid, key: i32, flags: i32) -> Result<Id, Errno> {
        if self.slots.len() >= self.limits.msgmni.min(MOST_SLOTS) {
            return Err(Errno::ENOSPC);
        }
        let creator = self.credentials(pid);
        let status = Status {
            key,
            mode: flags as u32 & MODE_BITS,
            uid: creator.uid,
            gid: creator.gid,
            cuid: creator.uid,
            cgid: creator.gid,
            cbytes: 0,
            qnum: 0,
            qbytes: self.limits.msgmnb.into(),
            lspid: None,
            lrpid: None,
        };
        Ok(self.slots.insert(|id| Queue::new(id, status)))
    }
}
