//! Calls, answers and queues in words.

use simulator::{
    IPC_CREAT, IPC_EXCL, IPC_NOWAIT, Id, Limits, MSG_COPY, MSG_EXCEPT, MSG_NOERROR, Settings,
    Status,
};

use super::people::{called, rights};
use super::step::{Answer, Call, TypedText};

pub(super) fn limits(limits: &Limits) -> String {
    let Limits {
        msgmax,
        msgmnb,
        msgmni,
    } = limits;
    format!("msgmax {msgmax}, msgmnb {msgmnb}, msgmni {msgmni}")
}

/// What a process does, as the rest of a sentence about it.
pub(super) fn call(call: &Call) -> String {
    match call {
        Call::Get { key, flags } => {
            let mode = flags & 0o777;
            let rest = flags & !0o777;
            let names = flag_names(rest, &[(IPC_CREAT, "IPC_CREAT"), (IPC_EXCL, "IPC_EXCL")]);
            format!("asks for the queue with key {key}, mode {mode:03o}{names}")
        }
        Call::Send {
            id,
            mtype,
            text: words,
            flags,
        } => {
            let names = flag_names(*flags, &[(IPC_NOWAIT, "IPC_NOWAIT")]);
            format!("sends {} to queue {id}{names}", message(*mtype, words))
        }
        Call::Receive {
            id,
            size,
            msgtyp,
            flags,
        } => {
            let names = flag_names(
                *flags,
                &[
                    (IPC_NOWAIT, "IPC_NOWAIT"),
                    (MSG_NOERROR, "MSG_NOERROR"),
                    (MSG_EXCEPT, "MSG_EXCEPT"),
                    (MSG_COPY, "MSG_COPY"),
                ],
            );
            format!("receives type {msgtyp} into {size} bytes from queue {id}{names}")
        }
        Call::Stat { id } => format!("looks at queue {id}"),
        Call::Set { id, settings } => {
            let Settings {
                uid,
                gid,
                mode,
                qbytes,
            } = settings;
            format!("sets queue {id} to user {uid}, group {gid}, mode {mode:03o}, {qbytes} bytes")
        }
        Call::Remove { id } => format!("removes queue {id}"),
        Call::Interrupt => "gets a signal".to_owned(),
        Call::Churn(count) => {
            format!("makes and removes {count} private queues, one after another")
        }
        Call::Become(who) => {
            let rights = rights(who).map_or_else(String::new, |rights| format!(", who {rights}"));
            format!("becomes somebody else{}{rights}", called(who))
        }
        Call::Limit(new) => format!("sets the limits to {}", limits(new)),
    }
}

/// What a call did, as the rest of a sentence about it.
pub(super) fn answer(answer: &Answer) -> String {
    match answer {
        Answer::Asleep => "falls asleep".to_owned(),
        Answer::Nothing => "says nothing".to_owned(),
        Answer::Id(Ok(id)) => format!("gets id {id}"),
        Answer::Done(Ok(())) => "is done".to_owned(),
        Answer::Message(Ok((mtype, text))) => format!("gets {}", message(*mtype, text)),
        Answer::Status(Ok(seen)) => format!("sees {}", status(seen)),
        Answer::Id(Err(why))
        | Answer::Done(Err(why))
        | Answer::Message(Err(why))
        | Answer::Status(Err(why)) => format!("fails with {}", why.name()),
    }
}

/// What a call that slept came to.
pub(super) fn end(end: &Answer) -> String {
    let call = match end {
        Answer::Message(_) => "msgrcv",
        _ => "msgsnd",
    };
    format!("its {call} {}", answer(end))
}

pub(super) fn queue((id, seen, messages): &(Id, Status, Vec<TypedText>)) -> String {
    let messages = messages.iter().map(|(mtype, text)| message(*mtype, text));
    format!(
        "queue {id} ({}) with {}",
        status(seen),
        list(messages.collect(), "nothing")
    )
}

fn status(status: &Status) -> String {
    let Status {
        key,
        mode,
        uid,
        gid,
        cuid,
        cgid,
        cbytes,
        qnum,
        qbytes,
        lspid,
        lrpid,
    } = status;
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
fn flag_names(flags: i32, known: &[(i32, &str)]) -> String {
    let named = known.iter().filter(|(flag, _)| flags & flag != 0);
    let rest = known.iter().fold(flags, |rest, (flag, _)| rest & !flag);
    let mut names: Vec<String> = named.map(|(_, name)| (*name).to_owned()).collect();
    if rest != 0 {
        names.push(format!("{rest:#o}"));
    }
    if names.is_empty() {
        String::new()
    } else {
        format!(" with {}", names.join(" | "))
    }
}

pub(super) fn list(items: Vec<String>, none: &str) -> String {
    if items.is_empty() {
        none.to_owned()
    } else {
        items.join("; ")
    }
}
