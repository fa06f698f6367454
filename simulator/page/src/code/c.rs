//! The calls in C.

mod program;

use alloc::format;
use alloc::string::{String, ToString};

use super::End;
use crate::command::{Command, FILLER, Receive, Set, Text};
use crate::text::is_visible;
pub(super) use program::program;

pub(super) fn lines(command: &Command<'_>, by: &str, msgmax: u32, end: End) -> String {
    match command {
        Command::Create { key, exclusive, mode } => {
            let exclusive = if *exclusive { " | IPC_EXCL" } else { "" };
            get(&format!("msgget({}, IPC_CREAT{exclusive} | 0{mode:03o});", name_of(*key)), end)
        }
        Command::Open { key } => get(&format!("msgget({}, 0);", name_of(*key)), end),
        Command::Private { mode } => get(&format!("msgget(IPC_PRIVATE, 0{mode:03o});"), end),
        Command::Use { id } => format!("id = {id};"),
        Command::Send { message_type, text, nowait } => {
            send(*message_type, *text, *nowait) + &remark(end)
        }
        Command::Receive(wanted) => receive(wanted, msgmax) + &remark(end),
        Command::Stat => format!("msgctl(id, IPC_STAT, &status);{}", remark(end)),
        Command::Set(changes) => set(changes, end),
        Command::Remove => format!("msgctl(id, IPC_RMID, NULL);{}", remark(end)),
        Command::Interrupt => {
            format!("/* a signal for which {by} has a handler: kill -USR1 and its process id */")
        }
        Command::User { uid, gid } => {
            format!("/* {by} runs with uid {uid} and gid {gid} from now on */")
        }
        Command::Limit { which, value } => {
            format!("/* as root: echo {value} >/proc/sys/kernel/{} */", which.name())
        }
    }
}

/// A msgget that fails keeps its -1 to itself: the session goes on with the queue it had.
fn get(call: &str, end: End) -> String {
    match end {
        End::Done => format!("id = {call}"),
        _ => format!("{call}{}", remark(end)),
    }
}

fn name_of(key: i32) -> String {
    if key == 0 { "IPC_PRIVATE".to_string() } else { key.to_string() }
}

fn remark(end: End) -> String {
    match end {
        End::Done => String::new(),
        End::Failed(errno) | End::NotEvenRead(errno) => format!(" /* -1: {} */", errno.name()),
        End::Asleep => " /* sleeps */".to_string(),
    }
}

fn send(message_type: i64, text: Text<'_>, nowait: bool) -> String {
    let size = text.size();
    let fill = match text {
        Text::Words("") | Text::Filler(0) => String::new(),
        Text::Words(words) => format!("memcpy(msg.mtext, {}, {size});\n", literal(words)),
        Text::Filler(_) => format!("memset(msg.mtext, '{}', {size});\n", char::from(FILLER)),
    };
    let flags = if nowait { "IPC_NOWAIT" } else { "0" };
    format!("msg.mtype = {};\n{fill}msgsnd(id, &msg, {size}, {flags});", number(message_type))
}

fn receive(wanted: &Receive, msgmax: u32) -> String {
    let mut flags = String::new();
    for (given, name) in [
        (wanted.nowait, "IPC_NOWAIT"),
        (wanted.noerror, "MSG_NOERROR"),
        (wanted.except, "MSG_EXCEPT"),
        (wanted.copy, "MSG_COPY"),
    ] {
        if given {
            flags.extend([if flags.is_empty() { "" } else { " | " }, name]);
        }
    }
    if flags.is_empty() {
        flags.push('0');
    }
    let size = wanted.size.unwrap_or(msgmax as usize);
    format!("msgrcv(id, &msg, {size}, {}, {flags});", number(wanted.message_type))
}

fn set(changes: &Set, end: End) -> String {
    let mut code = "msgctl(id, IPC_STAT, &status);".to_string();
    if let End::NotEvenRead(_) = end {
        return code + &remark(end);
    }
    let mut change =
        |field: &str, value: String| code.push_str(&format!("\nstatus.{field} = {value};"));
    if let Some(qbytes) = changes.qbytes {
        change("msg_qbytes", qbytes.to_string());
    }
    if let Some(mode) = changes.mode {
        change("msg_perm.mode", format!("0{mode:03o}"));
    }
    if let Some(uid) = changes.uid {
        change("msg_perm.uid", uid.to_string());
    }
    if let Some(gid) = changes.gid {
        change("msg_perm.gid", gid.to_string());
    }
    code + "\nmsgctl(id, IPC_SET, &status);" + &remark(end)
}

/// C has no literal for the smallest number: it reads a minus sign and a number that is one too
/// large.
fn number(number: i64) -> String {
    if number == i64::MIN { "LONG_MIN".to_string() } else { number.to_string() }
}

fn literal(text: &str) -> String {
    let mut literal = "\"".to_string();
    for character in text.chars() {
        match character {
            '"' | '\\' => literal.extend(['\\', character]),
            // Two of them and a third character would be a trigraph.
            '?' => literal.push_str("\\?"),
            // Three octal digits: more are never read as part of it.
            _ if !is_visible(character) => {
                for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                    literal.push_str(&format!("\\{byte:03o}"));
                }
            }
            _ => literal.push(character),
        }
    }
    literal + "\""
}
