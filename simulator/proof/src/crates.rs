//! The same calls through the crates of the chapters, as far as those allow what is asked.

use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::Status;
use ch12_rights::Settings;
use nix::errno::Errno;
use nix::unistd::{Gid, Pid as RealPid, Uid};
use simulator::{Id, Message, Pid};

use crate::calls::{Call, Value};

/// The longest message for which a [`Receiver`] has room at once. A longer one makes it call twice.
pub(crate) const USUAL: usize = 8192;

/// Makes the call; `None` if the crates make it impossible. A buffer has to have room for any
/// message that can be in the queue.
pub(crate) fn call(call: &Call) -> Option<nix::Result<Value>> {
    let nothing = |()| Value::Nothing;
    match *call {
        Call::Get { key, flags } => Some(get(key, flags)?.map(|queue| Value::Id(Id(queue.id())))),
        Call::Send { id, mtype, ref text, flags } => {
            Some(send(id, mtype, text, flags)?.map(nothing))
        }
        Call::Receive { id, msgtyp, flags, .. } => {
            Some(receive(id, msgtyp, flags)?.map(Value::Message))
        }
        Call::Stat { id } => Some(stat(id).map(Value::Status)),
        Call::Remove { id } => Some(ch06_cleanup::remove(Queue::from_id(id.0)).map(nothing)),
        Call::Set { id, settings } => Some(set(id, settings)?.map(nothing)),
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

fn send(id: Id, mtype: i64, text: &[u8], flags: i32) -> Option<nix::Result<()>> {
    let message_type = MessageType::new(mtype)?;
    let mut sender = Sender::new(Queue::from_id(id.0));
    match flags {
        0 => Some(sender.send(message_type, text)),
        libc::IPC_NOWAIT => Some(sender.try_send(message_type, text)),
        _ => None,
    }
}

fn receive(id: Id, msgtyp: i64, flags: i32) -> Option<nix::Result<Message>> {
    let mut receiver = Receiver::new(Queue::from_id(id.0));
    let some = |received: nix::Result<Option<_>>| received.and_then(|it| it.ok_or(Errno::ENOMSG));
    let received = if flags == libc::MSG_COPY | libc::IPC_NOWAIT {
        some(receiver.peek(usize::try_from(msgtyp).ok()?))
    } else {
        let select = select(msgtyp, flags & libc::MSG_EXCEPT != 0)?;
        match flags & !libc::MSG_EXCEPT {
            0 => receiver.recv(select),
            libc::IPC_NOWAIT => some(receiver.try_recv(select)),
            _ => return None,
        }
    };
    Some(received.map(|message| Message {
        serial: 0,
        mtype: message.message_type().raw(),
        text: message.bytes().to_vec(),
    }))
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

/// All four, also of a queue that is shut. The crates refuse what does not fit into an `i32`.
fn set(id: Id, settings: simulator::Settings) -> Option<nix::Result<()>> {
    let capacity = i32::try_from(settings.qbytes).ok()? as usize;
    let all = Settings::new()
        .owner(Uid::from_raw(settings.uid))
        .group(Gid::from_raw(settings.gid))
        .mode(Mode::from_bits(settings.mode)?)
        .opening(capacity);
    Some(all.apply(Queue::from_id(id.0)))
}

fn stat(id: Id) -> nix::Result<simulator::Status> {
    let status = Status::of(Queue::from_id(id.0))?;
    let pid = |pid: Option<RealPid>| pid.map(|pid| Pid(pid.as_raw()));
    Ok(simulator::Status {
        key: status.key.map_or(0, Key::raw),
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
