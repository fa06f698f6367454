//! The calls with the book's crates. What these make impossible is said in a comment, with the call in C.

mod program;

use alloc::format;
use alloc::string::{String, ToString};

use simulator::Errno;

use super::{End, c};
use crate::command::{Command, FILLER, Receive, Text};
use crate::text::is_visible;
pub(super) use program::program;

pub(super) fn lines(command: &Command<'_>, by: &str, msgmax: u32, end: End) -> String {
    match command {
        Command::Create { key: 0, mode, .. } => private_key(*mode, end),
        Command::Open { key: 0 } => private_key(0, end),
        Command::Create {
            key,
            exclusive,
            mode,
        } => {
            let name = if *exclusive { "create_new" } else { "create" };
            get(
                &format!("Queue::{name}({}, {})", key_of(*key), mode_of(*mode)),
                end,
            )
        }
        Command::Open { key } => get(&format!("Queue::open({})", key_of(*key)), end),
        Command::Private { mode } => get(&format!("Queue::private({})", mode_of(*mode)), end),
        Command::Use { id } => format!("let queue = Queue::from_id({id});"),
        Command::Send {
            message_type,
            text,
            nowait,
        } => send(*message_type, *text, *nowait, end),
        Command::Receive(wanted) => receive(wanted, msgmax, end),
        Command::Stat => match end {
            End::Done => "let status = Status::of(queue)?;".to_string(),
            _ => statement("Status::of(queue)", end),
        },
        Command::Set(changes) => {
            let in_c = || c::set(changes, end);
            match changes.qbytes {
                Some(qbytes) if changes.mode.or(changes.uid).or(changes.gid).is_none() => {
                    if i32::try_from(qbytes).is_ok() {
                        statement(&format!("set_capacity(queue, {qbytes})"), end)
                    } else {
                        impossible(
                            "set_capacity refuses more than i32::MAX: the kernel would keep the low 32 bits only",
                            &in_c(),
                        )
                    }
                }
                _ => impossible(
                    "of these, the book's crates change the capacity alone",
                    &in_c(),
                ),
            }
        }
        Command::Remove => statement("remove(queue)", end),
        Command::Interrupt => {
            format!("// a signal for which {by} has a handler: kill -USR1 and its process id")
        }
        Command::User { uid, gid } => {
            format!("// {by} runs with uid {uid} and gid {gid} from now on")
        }
        Command::Limit { which, value } => format!(
            "// as root: echo {value} >/proc/sys/kernel/{}",
            which.name()
        ),
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
    format!("// Key::new(0) is None: 0 is IPC_PRIVATE, which has a name of its own here.\n{call}")
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

/// Why this cannot be written, and what it is in C.
fn impossible(why: &str, in_c: &str) -> String {
    let mut lines = format!("// Not in Rust: {why}. In C:");
    for line in in_c.lines() {
        lines.push_str(&format!("\n//     {line}"));
    }
    lines
}

fn send(message_type: i64, text: Text<'_>, nowait: bool, end: End) -> String {
    if message_type < 1 {
        return impossible(
            "a MessageType is at least 1",
            &c::send(message_type, text, nowait),
        );
    }
    let name = if nowait { "try_send" } else { "send" };
    let text = match text {
        Text::Words(words) => literal(words),
        Text::Filler(size) => format!("&[b'{}'; {size}]", char::from(FILLER)),
    };
    statement(
        &format!(
            "Sender::new(queue).{name}({}, {text})",
            type_of(message_type)
        ),
        end,
    )
}

fn receive(wanted: &Receive, msgmax: u32, end: End) -> String {
    let impossible = |why| impossible(why, &c::receive(wanted, msgmax));
    let too_long = end == End::Failed(Errno::E2BIG);
    if wanted.size.is_some() || wanted.noerror || too_long {
        return impossible(
            "a Receiver has no size, it makes room for any message and never cuts one",
        );
    }
    let call = match wanted.message_type {
        _ if wanted.copy && !wanted.nowait => {
            return impossible(
                "peek never waits, and the kernel copies for those alone who do not",
            );
        }
        _ if wanted.copy && wanted.except => {
            return impossible("peek takes a place in the queue and no type");
        }
        place if wanted.copy && place < 0 => {
            return impossible("a place in the queue is not negative");
        }
        place if wanted.copy => format!("peek({place})"),
        number if wanted.except && number < 1 => {
            return impossible(
                "AllBut wants a type, and without one the kernel ignores MSG_EXCEPT",
            );
        }
        number => {
            let name = if wanted.nowait { "try_recv" } else { "recv" };
            let select = match number {
                0 => "Any".to_string(),
                1.. if wanted.except => format!("AllBut({})", type_of(number)),
                1.. => format!("Exactly({})", type_of(number)),
                // The smallest number has no counterpart; to the kernel it is the same as the one above it.
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

fn key_of(key: i32) -> String {
    format!("Key::new({key}).unwrap()")
}

fn type_of(number: i64) -> String {
    if number == 1 {
        "MessageType::ONE".to_string()
    } else {
        format!("MessageType::new({number}).unwrap()")
    }
}

fn mode_of(mode: u32) -> String {
    const BITS: [(u32, &str); 9] = [
        (0o400, "S_IRUSR"),
        (0o200, "S_IWUSR"),
        (0o100, "S_IXUSR"),
        (0o040, "S_IRGRP"),
        (0o020, "S_IWGRP"),
        (0o010, "S_IXGRP"),
        (0o004, "S_IROTH"),
        (0o002, "S_IWOTH"),
        (0o001, "S_IXOTH"),
    ];
    if mode.count_ones() > 3 {
        return format!("Mode::from_bits_truncate(0o{mode:03o})");
    }
    let mut names = String::new();
    for (bit, name) in BITS {
        if mode & bit != 0 {
            names.extend([
                if names.is_empty() {
                    "Mode::"
                } else {
                    " | Mode::"
                },
                name,
            ]);
        }
    }
    if names.is_empty() {
        names.push_str("Mode::empty()");
    }
    names
}

fn literal(text: &str) -> String {
    let mut literal = "\"".to_string();
    for character in text.chars() {
        match character {
            '"' | '\\' => literal.extend(['\\', character]),
            _ if !is_visible(character) => {
                literal.push_str(&format!("\\u{{{:x}}}", u32::from(character)))
            }
            _ => literal.push(character),
        }
    }
    literal.push('"');
    // A literal of bytes is for ASCII, and has no such escapes.
    if text
        .chars()
        .all(|character| character.is_ascii() && is_visible(character))
    {
        format!("b{literal}")
    } else {
        format!("{literal}.as_bytes()")
    }
}
