//! The system calls as they are, whatever is asked of them.

use std::mem::MaybeUninit;

use nix::errno::Errno;
use simulator::Settings;

use crate::desk::{LONGEST, MsgBuf, RawStatus, Reply, Request};

/// Makes a call. One that is none has no answer.
///
/// # Safety
///
/// Nobody else uses the buffer meanwhile.
pub(crate) unsafe fn call(request: Request, buffer: *mut MsgBuf) -> Reply {
    match request {
        // SAFETY: msgget takes two numbers and touches no memory of ours.
        Request::Get { key, flags } => number(unsafe { libc::msgget(key, flags) }.into()),
        Request::Send {
            id,
            mtype,
            len,
            flags,
        } => {
            assert!(len <= LONGEST);
            // SAFETY: the buffer is there and nobody else's.
            unsafe { (*buffer).mtype = mtype };
            // SAFETY: the kernel reads the type and `len` bytes behind it, which the buffer has.
            number(unsafe { libc::msgsnd(id, buffer.cast(), len, flags) }.into())
        }
        Request::Receive {
            id,
            size,
            msgtyp,
            flags,
            roomy: _,
        } => {
            // SAFETY: the kernel writes the type and as many bytes as the message has, which is at most
            // `size`, and at most what somebody has sent: from a buffer like this, so at most `LONGEST`.
            // With MSG_COPY it reads `size` bytes or `msgmax`, of which there are not more either.
            number(unsafe { libc::msgrcv(id, buffer.cast(), size, msgtyp, flags) } as i64)
        }
        Request::Stat { id } => match stat(id) {
            Ok(status) => Reply::Status(raw_status(&status)),
            Err(errno) => Reply::Failed(errno as i32),
        },
        Request::Set { id, settings } => set(id, settings).into(),
        Request::Remove { id } => remove(id).into(),
        Request::Enter { .. } | Request::Become(_) => Reply::Failed(libc::ENOSYS),
    }
}

fn number(returned: i64) -> Reply {
    Errno::result(returned).into()
}

/// `IPC_STAT`, in C's own structure.
pub(crate) fn stat(id: i32) -> nix::Result<libc::msqid_ds> {
    let mut status = blank();
    // SAFETY: IPC_STAT writes one `msqid_ds` behind the pointer, where there is one.
    let done = unsafe { libc::msgctl(id, libc::IPC_STAT, &raw mut status) };
    Errno::result(done).map(|_| status)
}

/// `IPC_SET`, which reads four things and nothing else.
fn set(id: i32, settings: Settings) -> nix::Result<i64> {
    let mut status = blank();
    status.msg_perm.uid = settings.uid;
    status.msg_perm.gid = settings.gid;
    status.msg_perm.mode = settings.mode as _;
    status.msg_qbytes = settings.qbytes;
    // SAFETY: IPC_SET reads one `msqid_ds` behind the pointer, where there is one.
    let done = unsafe { libc::msgctl(id, libc::IPC_SET, &raw mut status) };
    Errno::result(done).map(i64::from)
}

fn remove(id: i32) -> nix::Result<i64> {
    // SAFETY: IPC_RMID has no use for the pointer.
    let done = unsafe { libc::msgctl(id, libc::IPC_RMID, std::ptr::null_mut()) };
    Errno::result(done).map(i64::from)
}

pub(crate) fn raw_status(status: &libc::msqid_ds) -> RawStatus {
    let perm = &status.msg_perm;
    RawStatus {
        key: perm.__key,
        mode: u32::from(perm.mode),
        uid: perm.uid,
        gid: perm.gid,
        cuid: perm.cuid,
        cgid: perm.cgid,
        cbytes: status.__msg_cbytes,
        qnum: status.msg_qnum,
        qbytes: status.msg_qbytes,
        lspid: status.msg_lspid,
        lrpid: status.msg_lrpid,
    }
}

pub(crate) fn blank() -> libc::msqid_ds {
    // SAFETY: a `msqid_ds` consists of integers and padding, for which zeroes are valid.
    unsafe { MaybeUninit::zeroed().assume_init() }
}
