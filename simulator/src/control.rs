//! msgctl(2): look, change, remove.

use alloc::vec::Vec;

use crate::flags::MODE_BITS;
use crate::{Errno, Id, Kernel, Pid, Queue, Settings, Status, permission};

impl Kernel {
    /// `IPC_STAT`: what is known of the queue.
    ///
    /// # Errors
    ///
    /// `EINVAL`: there is no such queue. `EACCES`: the mode does not let this process read, owner
    /// or not.
    pub fn stat(&self, pid: Pid, id: Id) -> Result<Status, Errno> {
        self.enter(pid);
        let queue = self.slots.get(id).ok_or(Errno::EINVAL)?;
        if !permission::allows(queue.status(), self.credentials(pid), permission::READ) {
            return Err(Errno::EACCES);
        }
        Ok(queue.status().clone())
    }

    /// `IPC_SET`: changes owner, mode and capacity.
    ///
    /// Everyone asleep in `msgrcv` is woken to look again, and goes to the end of the list if there
    /// is nothing; who lost the right to read gets `EACCES`. Of those asleep in `msgsnd` only those
    /// are woken whose message fits now. In what order they run the kernel leaves open.
    ///
    /// # Errors
    ///
    /// - `EINVAL`: there is no such queue; or the user or group is `u32::MAX`, which is nobody.
    /// - `EPERM`: the process is neither owner nor creator nor privileged; or it asks for more than
    ///   `msgmnb`. The kernel compares the low 32 bits without a sign, and then keeps them with
    ///   one: `1 << 31` is far above any limit, and kept as 18,446,744,071,562,067,968.
    pub fn set(&mut self, pid: Pid, id: Id, settings: Settings) -> Result<(), Errno> {
        self.enter(pid);
        self.governed(pid, id)?;
        let qbytes = settings.qbytes as u32;
        if qbytes > self.limits.msgmnb && !self.credentials(pid).capable.sys_resource {
            return Err(Errno::EPERM);
        }
        if settings.uid == u32::MAX || settings.gid == u32::MAX {
            return Err(Errno::EINVAL);
        }
        let queue = self.slots.get_mut(id).ok_or(Errno::EINVAL)?;
        queue.status.uid = settings.uid;
        queue.status.gid = settings.gid;
        queue.status.mode = settings.mode & MODE_BITS;
        queue.status.qbytes = i64::from(qbytes as i32) as u64;
        let receivers: Vec<Pid> = queue.receivers().collect();
        let senders = queue.senders_to_wake();
        for sleeper in receivers.into_iter().chain(senders) {
            self.wake(sleeper);
        }
        self.settle();
        Ok(())
    }

    /// `IPC_RMID`: removes the queue, with all that is in it, at once. Everyone asleep at it gets
    /// `EIDRM`.
    ///
    /// # Errors
    ///
    /// `EINVAL`: there is no such queue. `EPERM`: the process is neither owner nor creator nor
    /// privileged.
    pub fn remove(&mut self, pid: Pid, id: Id) -> Result<(), Errno> {
        self.enter(pid);
        self.governed(pid, id)?;
        let queue = self.slots.remove(id).ok_or(Errno::EINVAL)?;
        for receiver in queue.receivers() {
            self.answer(receiver, Err(Errno::EIDRM));
        }
        for sender in queue.senders() {
            self.wake(sender);
        }
        self.settle();
        Ok(())
    }

    /// The queue, if this process may change and remove it.
    fn governed(&self, pid: Pid, id: Id) -> Result<&Queue, Errno> {
        let queue = self.slots.get(id).ok_or(Errno::EINVAL)?;
        if permission::governs(queue.status(), self.credentials(pid)) {
            Ok(queue)
        } else {
            Err(Errno::EPERM)
        }
    }
}
