//! The same calls through the crates of the chapters, as far as those allow what is asked.

use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::{Message, Receiver, Select};
use ch06_cleanup::Status;
use nix::errno::Errno;

use crate::desk::{MsgBuf, RawStatus, Reply, Request};
use crate::raw;

/// The longest message for which a [`Receiver`] has room at once. A longer one makes it call twice.
pub(crate) const USUAL: usize = 8192;

/// Makes the call; `None` if the crates make it impossible.
///
/// # Safety
///
/// Nobody else uses the buffer meanwhile.
pub(crate) unsafe fn call(request: Request, buffer: *mut MsgBuf) -> Option<Reply> {
    match request {
        Request::Get { key, flags } => {
            let queue = get(key, flags)?;
            Some(queue.map(|queue| i64::from(queue.id())).into())
        }
        Request::Send {
            id,
            mtype,
            len,
            flags,
        } => {
            // SAFETY: nobody else uses the buffer, and all of it is bytes.
            let text = unsafe { &(*buffer).text };
            let sent = send(id, mtype, &text[..len], flags)?;
            Some(sent.map(|()| 0).into())
        }
        Request::Receive {
            id,
            size: _,
            msgtyp,
            flags,
            roomy: true,
        } => {
            let mut receiver = Receiver::new(Queue::from_id(id));
            let received = receive(&mut receiver, msgtyp, flags)?;
            // SAFETY: as in the function's own contract.
            Some(
                received
                    .map(|message| unsafe { hand_over(message, buffer) })
                    .into(),
            )
        }
        Request::Stat { id } => Some(match stat(id) {
            Ok(seen) => Reply::Status(seen),
            Err(errno) => Reply::Failed(errno as i32),
        }),
        Request::Remove { id } => {
            let removed = ch06_cleanup::remove(Queue::from_id(id));
            Some(removed.map(|()| 0).into())
        }
        _ => None,
    }
}

fn get(key: i32, flags: i32) -> Option<nix::Result<Queue>> {
    let mode = Mode::from_bits(u32::try_from(flags & 0o777).ok()?)?;
    match (Key::new(key), flags & !0o777) {
        (None, 0) => Some(Queue::private(mode)),
        (Some(key), libc::IPC_CREAT) => Some(Queue::create(key, mode)),
        (Some(key), 0) => Some(Queue::open_for(key, mode)),
        (Some(key), other) if other == libc::IPC_CREAT | libc::IPC_EXCL => {
            Some(Queue::create_new(key, mode))
        }
        _ => None,
    }
}

fn send(id: i32, mtype: i64, text: &[u8], flags: i32) -> Option<nix::Result<()>> {
    let message_type = MessageType::new(mtype)?;
    let mut sender = Sender::new(Queue::from_id(id));
    match flags {
        0 => Some(sender.send(message_type, text)),
        libc::IPC_NOWAIT => Some(sender.try_send(message_type, text)),
        _ => None,
    }
}

fn receive(receiver: &mut Receiver, msgtyp: i64, flags: i32) -> Option<nix::Result<Message<'_>>> {
    let some = |received: nix::Result<Option<_>>| received.and_then(|it| it.ok_or(Errno::ENOMSG));
    if flags == libc::MSG_COPY | libc::IPC_NOWAIT {
        return Some(some(receiver.peek(usize::try_from(msgtyp).ok()?)));
    }
    let select = select(msgtyp, flags & libc::MSG_EXCEPT != 0)?;
    match flags & !libc::MSG_EXCEPT {
        0 => Some(receiver.recv(select)),
        libc::IPC_NOWAIT => Some(some(receiver.try_recv(select))),
        _ => None,
    }
}

fn select(msgtyp: i64, except: bool) -> Option<Select> {
    match (msgtyp, except) {
        (0, false) => Some(Select::Any),
        (1.., false) => MessageType::new(msgtyp).map(Select::Exactly),
        (1.., true) => MessageType::new(msgtyp).map(Select::AllBut),
        (_, false) => MessageType::new(msgtyp.checked_neg()?).map(Select::UpTo),
        (_, true) => None,
    }
}

/// Puts the message where the raw call would have put it.
///
/// # Safety
///
/// Nobody else uses the buffer meanwhile.
unsafe fn hand_over(message: Message<'_>, buffer: *mut MsgBuf) -> i64 {
    let bytes = message.bytes();
    // SAFETY: the buffer is there and nobody else's.
    unsafe { (*buffer).mtype = message.message_type().raw() };
    // SAFETY: as above.
    let text = unsafe { &mut (*buffer).text };
    text[..bytes.len()].copy_from_slice(bytes);
    bytes.len() as i64
}

/// What chapter 6 tells, and the key, which it does not.
fn stat(id: i32) -> nix::Result<RawStatus> {
    let status = Status::of(Queue::from_id(id))?;
    let pid = |pid: Option<nix::unistd::Pid>| pid.map_or(0, nix::unistd::Pid::as_raw);
    Ok(RawStatus {
        key: raw::raw_status(&raw::stat(id)?).key,
        mode: status.mode.bits(),
        uid: status.owner.0.as_raw(),
        gid: status.owner.1.as_raw(),
        cuid: status.creator.0.as_raw(),
        cgid: status.creator.1.as_raw(),
        cbytes: status.bytes as u64,
        qnum: status.messages as u64,
        qbytes: status.capacity as u64,
        lspid: pid(status.last_sender),
        lrpid: pid(status.last_receiver),
    })
}
