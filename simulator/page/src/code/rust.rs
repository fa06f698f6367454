//! The calls with the book's crates. What these make impossible is said in a comment.

mod program;
mod values;

use alloc::format;
use alloc::string::{String, ToString};

use simulator::Errno;

use super::End;
use crate::command::{Command, FILLER, Receive, Set, Text};
pub(super) use program::program;
use values::{key_of, literal, mode_of, type_of};

/// How the note on what the crates make impossible begins.
const LACKING: &str = "// Not in this book's crates: ";

pub(super) fn lines(command: &Command<'_>, by: &str, end: End) -> String {
    match command {
        Command::Create { key: 0, mode, .. } => private_key(*mode, end),
        Command::Open { key: 0 } => private_key(0, end),
        Command::Create { key, exclusive, mode } => {
            let name = if *exclusive { "create_new" } else { "create" };
            get(&format!("Queue::{name}({}, {})", key_of(*key), mode_of(*mode)), end)
        }
        Command::Open { key } => get(&format!("Queue::open({})", key_of(*key)), end),
        Command::Private { mode } => get(&format!("Queue::private({})", mode_of(*mode)), end),
        Command::Use { id } => format!("let queue = Queue::from_id({id});"),
        Command::Send { message_type, text, nowait } => send(*message_type, *text, *nowait, end),
        Command::Receive(wanted) => receive(wanted, end),
        Command::Stat => match end {
            End::Done => "println!(\"{:?}\", Status::of(queue)?);".to_string(),
            _ => statement("Status::of(queue)", end),
        },
        Command::Set(Set { qbytes: Some(bytes), .. }) if i32::try_from(*bytes).is_err() => {
            impossible("no capacity is above i32::MAX.")
        }
        Command::Set(changes) => statement(&set(changes), end),
        Command::Remove => statement("remove(queue)", end),
        Command::Interrupt => {
            format!("// a signal for which {by} has a handler: kill -USR1 and its process id")
        }
        Command::User { uid, gid } => {
            format!("// {by} runs with uid {uid} and gid {gid} from now on")
        }
        Command::Limit { which, value } => {
            format!("// as root: echo {value} >/proc/sys/kernel/{}", which.name())
        }
    }
}

fn get(call: &str, end: End) -> String {
    match end {
        End::Done => format!("let queue = {call}?;"),
        _ => statement(call, end),
    }
}

fn private_key(mode: u32, end: End) -> String {
    let call = get(&format!("Queue::private({})", mode_of(mode)), end);
    format!("// Key::new(0) is None: IPC_PRIVATE has a name of its own here.\n{call}")
}

fn statement(call: &str, end: End) -> String {
    match end {
        End::Done => format!("{call}?;"),
        End::Asleep => format!("{call}?; // sleeps"),
        End::Failed(errno) | End::NotEvenRead(errno) => {
            format!("assert_eq!({call}.unwrap_err(), Errno::{});", errno.name())
        }
    }
}

fn set(changes: &Set) -> String {
    if let Set { qbytes: Some(bytes), mode: None, uid: None, gid: None } = changes {
        return format!("set_capacity(queue, {bytes})");
    }
    let mut call = "Settings::new()".to_string();
    for (name, id) in [("owner(Uid", changes.uid), ("group(Gid", changes.gid)] {
        if let Some(id) = id {
            call.push_str(&format!(".{name}::from_raw({id}))"));
        }
    }
    if let Some(mode) = changes.mode {
        call.push_str(&format!(".mode({})", mode_of(mode)));
    }
    if let Some(bytes) = changes.qbytes {
        // As the call in C: whether or not somebody has shut the queue.
        call.push_str(&format!(".opening({bytes})"));
    }
    call + ".apply(queue)"
}

/// Why this cannot be written.
fn impossible(why: &str) -> String {
    format!("{LACKING}{why}")
}

fn send(message_type: i64, text: Text<'_>, nowait: bool, end: End) -> String {
    if message_type < 1 {
        return impossible("a MessageType is at least 1.");
    }
    let name = if nowait { "try_send" } else { "send" };
    let text = match text {
        Text::Words(words) => literal(words),
        Text::Filler(size) => format!("&[b'{}'; {size}]", char::from(FILLER)),
    };
    statement(&format!("Sender::new(queue).{name}({}, {text})", type_of(message_type)), end)
}

fn receive(wanted: &Receive, end: End) -> String {
    let too_long = end == End::Failed(Errno::E2BIG);
    if wanted.size.is_some() || wanted.noerror || too_long {
        return impossible("a Receiver has room for any message.");
    }
    let call = match wanted.message_type {
        _ if wanted.copy && !wanted.nowait => return impossible("a peek never waits."),
        _ if wanted.copy && wanted.except => {
            return impossible("a peek takes a place and no type.");
        }
        place if wanted.copy && place < 0 => {
            return impossible("the places in a queue begin with 0.");
        }
        place if wanted.copy => format!("peek({place})"),
        number if wanted.except && number < 1 => {
            return impossible("AllBut takes a type, which is at least 1.");
        }
        number => {
            let name = if wanted.nowait { "try_recv" } else { "recv" };
            let select = match number {
                0 => "Any".to_string(),
                1.. if wanted.except => format!("AllBut({})", type_of(number)),
                1.. => format!("Exactly({})", type_of(number)),
                // The smallest number has no counterpart; to the kernel it is the same as the one
                // above it.
                _ => format!("UpTo({})", type_of(number.saturating_neg())),
            };
            format!("{name}(Select::{select})")
        }
    };
    let call = format!("Receiver::new(queue).{call}");
    match end {
        End::Failed(Errno::ENOMSG) => format!("assert!({call}?.is_none());"),
        _ => statement(&call, end),
    }
}
