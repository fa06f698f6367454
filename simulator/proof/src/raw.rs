//! The system calls as they are, whatever is asked of them.

use std::mem::MaybeUninit;

use nix::errno::Errno;
use simulator::{Id, Message, Pid, Settings, Status};

use crate::calls::{Call, Value};

/// The longest message that a real process can send or receive, in bytes.
pub const LONGEST: usize = 1 << 15;

/// Makes a call.
pub(crate) fn call(call: Call) -> nix::Result<Value> {
    let nothing = |()| Value::Nothing;
    match call {
        Call::Get { key, flags } => {
            // SAFETY: msgget takes two numbers and touches no memory of ours.
            let id = Errno::result(unsafe { libc::msgget(key, flags) })?;
            Ok(Value::Id(Id(id)))
        }
        Call::Send { id, mtype, text, flags } => send(id, mtype, &text, flags).map(nothing),
        Call::Receive { id, size, msgtyp, flags } => {
            receive(id, size, msgtyp, flags).map(Value::Message)
        }
        Call::Stat { id } => stat(id).map(Value::Status),
        Call::Set { id, settings } => set(id, settings).map(nothing),
        Call::Remove { id } => remove(id).map(nothing),
    }
}

fn send(id: Id, mtype: i64, text: &[u8], flags: i32) -> nix::Result<()> {
    let mut message = mtype.to_ne_bytes().to_vec();
    message.extend_from_slice(text);
    // SAFETY: the kernel reads the type and as many bytes behind it as the text has: there they
    // are. It asks for no alignment.
    let sent = unsafe { libc::msgsnd(id.0, message.as_ptr().cast(), text.len(), flags) };
    Errno::result(sent).map(drop)
}

/// A message into a buffer of this size; one of more than [`LONGEST`] bytes need not be there.
pub(crate) fn receive(id: Id, size: usize, msgtyp: i64, flags: i32) -> nix::Result<Message> {
    let mut room = vec![0; 8 + size.min(LONGEST)];
    // SAFETY: the kernel writes the type and as many bytes as the message has, which is at most
    // `size`, and at most what the limits of the namespace allowed: not more than `LONGEST`. With
    // MSG_COPY it reads `size` bytes or `msgmax`, of which there are not more either.
    let len = unsafe { libc::msgrcv(id.0, room.as_mut_ptr().cast(), size, msgtyp, flags) };
    let len = Errno::result(len)? as usize;
    let (mtype, text) = room.split_first_chunk().expect("it begins with a type");
    Ok(Message { serial: 0, mtype: i64::from_ne_bytes(*mtype), text: text[..len].to_vec() })
}

/// `IPC_STAT`, with the processes as the kernel numbers them.
pub(crate) fn stat(id: Id) -> nix::Result<Status> {
    let mut seen = blank();
    // SAFETY: IPC_STAT writes one `msqid_ds` behind the pointer, where there is one.
    Errno::result(unsafe { libc::msgctl(id.0, libc::IPC_STAT, &raw mut seen) })?;
    let perm = &seen.msg_perm;
    let pid = |id| Some(Pid(id)).filter(|_| id != 0);
    Ok(Status {
        key: perm.__key,
        mode: u32::from(perm.mode),
        uid: perm.uid,
        gid: perm.gid,
        cuid: perm.cuid,
        cgid: perm.cgid,
        cbytes: seen.__msg_cbytes,
        qnum: seen.msg_qnum,
        qbytes: seen.msg_qbytes,
        lspid: pid(seen.msg_lspid),
        lrpid: pid(seen.msg_lrpid),
    })
}

/// `IPC_SET`, which reads four things and nothing else.
fn set(id: Id, settings: Settings) -> nix::Result<()> {
    let mut status = blank();
    status.msg_perm.uid = settings.uid;
    status.msg_perm.gid = settings.gid;
    status.msg_perm.mode = settings.mode as _;
    status.msg_qbytes = settings.qbytes;
    // SAFETY: IPC_SET reads one `msqid_ds` behind the pointer, where there is one.
    let done = unsafe { libc::msgctl(id.0, libc::IPC_SET, &raw mut status) };
    Errno::result(done).map(drop)
}

fn remove(id: Id) -> nix::Result<()> {
    // SAFETY: IPC_RMID has no use for the pointer.
    let done = unsafe { libc::msgctl(id.0, libc::IPC_RMID, std::ptr::null_mut()) };
    Errno::result(done).map(drop)
}

pub(crate) fn blank() -> libc::msqid_ds {
    // SAFETY: a `msqid_ds` consists of integers and padding, for which zeroes are valid.
    unsafe { MaybeUninit::zeroed().assume_init() }
}
