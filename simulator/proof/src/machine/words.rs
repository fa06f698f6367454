//! Calls, answers and queues in words.

use simulator::{
    Ended, IPC_CREAT, IPC_EXCL, IPC_NOWAIT, Id, Limits, MSG_COPY, MSG_EXCEPT, MSG_NOERROR, Message,
    Outcome, Settings, Status,
};

use crate::calls::{Call, Value};

use super::operation::Action;
use super::people::{called, rights};
use super::step::Answer;

pub(super) fn limits(limits: &Limits) -> String {
    let Limits { msgmax, msgmnb, msgmni } = limits;
    format!("msgmax {msgmax}, msgmnb {msgmnb}, msgmni {msgmni}")
}

const FLAGS: [(i32, &str); 6] = [
    (IPC_CREAT, "IPC_CREAT"),
    (IPC_EXCL, "IPC_EXCL"),
    (IPC_NOWAIT, "IPC_NOWAIT"),
    (MSG_NOERROR, "MSG_NOERROR"),
    (MSG_EXCEPT, "MSG_EXCEPT"),
    (MSG_COPY, "MSG_COPY"),
];

/// What a process does, as the rest of a sentence about it.
pub(super) fn action(action: &Action) -> String {
    match action {
        Action::Call(made) => call(made),
        Action::Interrupt => "gets a signal".to_owned(),
        Action::Churn(count) => {
            format!("makes and removes {count} private queues, one after another")
        }
        Action::Become(who) => {
            let rights = rights(who).map_or_else(String::new, |rights| format!(", who {rights}"));
            format!("becomes somebody else{}{rights}", called(who))
        }
        Action::Limit(new) => format!("sets the limits to {}", limits(new)),
    }
}

fn call(call: &Call) -> String {
    match call {
        Call::Get { key, flags } => {
            let (mode, names) = (flags & 0o777, flag_names(flags & !0o777));
            format!("asks for the queue with key {key}, mode {mode:03o}{names}")
        }
        Call::Send { id, mtype, text, flags } => {
            let names = flag_names(*flags);
            format!("sends {} to queue {id}{names}", message(*mtype, text))
        }
        Call::Receive { id, size, msgtyp, flags } => {
            let names = flag_names(*flags);
            format!("receives type {msgtyp} into {size} bytes from queue {id}{names}")
        }
        Call::Stat { id } => format!("looks at queue {id}"),
        Call::Set { id, settings } => {
            let Settings { uid, gid, mode, qbytes } = settings;
            format!("sets queue {id} to user {uid}, group {gid}, mode {mode:03o}, {qbytes} bytes")
        }
        Call::Remove { id } => format!("removes queue {id}"),
    }
}

/// What a call did, as the rest of a sentence about it.
pub(super) fn answer(answer: &Answer) -> String {
    match answer {
        Outcome::Asleep => "falls asleep".to_owned(),
        Outcome::Done(Ok(Value::Nothing)) => "is done".to_owned(),
        Outcome::Done(Ok(Value::Id(id))) => format!("gets id {id}"),
        Outcome::Done(Ok(Value::Message(got))) => format!("gets {}", message(got.mtype, &got.text)),
        Outcome::Done(Ok(Value::Status(seen))) => format!("sees {}", status(seen)),
        Outcome::Done(Err(why)) => format!("fails with {}", why.name()),
    }
}

/// What a call that slept came to.
pub(super) fn end(end: &Ended) -> String {
    let (call, result) = match end.clone() {
        Ended::Sent(result) => ("msgsnd", result.map(|()| Value::Nothing)),
        Ended::Received(result) => ("msgrcv", result.map(Value::Message)),
    };
    format!("its {call} {}", answer(&Outcome::Done(result)))
}

pub(super) fn queue((id, seen, messages): &(Id, Status, Vec<Message>)) -> String {
    let messages = messages.iter();
    let messages = messages.map(|it| message(it.mtype, &it.text));
    format!("queue {id} ({}) with {}", status(seen), list(messages.collect(), "nothing"))
}

fn status(status: &Status) -> String {
    let Status { key, mode, uid, gid, cuid, cgid, cbytes, qnum, qbytes, lspid, lrpid } = status;
    let pid = |pid: &Option<simulator::Pid>| pid.map_or("nobody".to_owned(), |pid| pid.to_string());
    format!(
        "key {key}, mode {mode:03o}, owner {uid}:{gid}, creator {cuid}:{cgid}, {qnum} messages, \
         {cbytes} of {qbytes} bytes, last sender {}, last receiver {}",
        pid(lspid),
        pid(lrpid)
    )
}

fn message(mtype: i64, text: &[u8]) -> String {
    match text.len() {
        0 => format!("an empty message of type {mtype}"),
        len @ ..=20 => {
            let bytes = if len == 1 { "byte" } else { "bytes" };
            let text = String::from_utf8_lossy(text);
            format!("\"{text}\" ({len} {bytes}) of type {mtype}")
        }
        len => format!("{len} bytes of {:?} of type {mtype}", char::from(text[0])),
    }
}

/// The flags by name, and what has none as a number.
fn flag_names(flags: i32) -> String {
    let named = FLAGS.iter().filter(|(flag, _)| flags & flag != 0);
    let rest = FLAGS.iter().fold(flags, |rest, (flag, _)| rest & !flag);
    let mut names: Vec<String> = named.map(|(_, name)| (*name).to_owned()).collect();
    if rest != 0 {
        names.push(format!("{rest:#o}"));
    }
    if names.is_empty() { String::new() } else { format!(" with {}", names.join(" | ")) }
}

pub(super) fn list(items: Vec<String>, none: &str) -> String {
    if items.is_empty() { none.to_owned() } else { items.join("; ") }
}
