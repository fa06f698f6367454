//! What belongs to each command.

use alloc::format;
use alloc::string::ToString;

use super::numbers::{key, mode, number};
use super::words::Words;
use super::{MOST_BYTES, Understood};
use crate::command::{Command, Limit, Receive, Set, Text};
use crate::text::quoted;

/// The mode of a queue when the line does not name one: for its owner alone.
const USUAL_MODE: u32 = 0o600;

pub(super) fn create<'a>(words: &mut Words<'a>) -> Understood<Command<'a>> {
    let key = words.required(
        key,
        "After create comes a key, a number that both sides agree on, as in create 1234.",
    )?;
    let exclusive = words.take("excl");
    let mode = optional_mode(words)?;
    let exclusive = exclusive || words.take("excl");
    Ok(Command::Create { key, exclusive, mode })
}

pub(super) fn optional_mode(words: &mut Words<'_>) -> Understood<u32> {
    if words.take("mode") { required_mode(words) } else { Ok(USUAL_MODE) }
}

fn required_mode(words: &mut Words<'_>) -> Understood<u32> {
    words.required(mode, "After mode come three octal digits, as in mode 600.")
}

pub(super) fn send<'a>(words: &mut Words<'a>) -> Understood<Command<'a>> {
    let message_type = words.required(
        |word| number(word, "A type is a whole number of 64 bits"),
        "After send comes the message's type, and after that its text, as in send 3 hello.",
    )?;
    let (text, nowait) = if words.peek().is_some_and(|word| word.starts_with('"')) {
        let text = words.quoted()?;
        (text, words.take("nowait"))
    } else {
        words.rest_without("nowait")
    };
    let text = match text.strip_prefix('*').filter(|_| !words.was_quoted()) {
        Some(size) if !size.is_empty() && size.bytes().all(|byte| byte.is_ascii_digit()) => {
            Text::Filler(bytes(size)?)
        }
        _ => Text::Words(text),
    };
    Ok(Command::Send { message_type, text, nowait })
}

pub(super) fn receive<'a>(words: &mut Words<'a>) -> Understood<Command<'a>> {
    let mut receive = Receive::default();
    if words
        .peek()
        .is_some_and(|word| word.starts_with(|first: char| first == '-' || first.is_ascii_digit()))
    {
        receive.message_type =
            words.required(|word| number(word, "A type is a whole number of 64 bits"), "")?;
    }
    while let Some(word) = words.next() {
        match word {
            "nowait" => receive.nowait = true,
            "except" => receive.except = true,
            "noerror" => receive.noerror = true,
            "copy" => receive.copy = true,
            "size" => {
                receive.size = Some(words.required(
                    bytes,
                    "After size comes how many bytes are wanted at most, as in size 100.",
                )?);
            }
            other => {
                return Err(format!(
                    "After recv and the type may come size and a number, nowait, except, noerror or copy, and not {}.",
                    quoted(other)
                ));
            }
        }
    }
    Ok(Command::Receive(receive))
}

pub(super) fn set<'a>(words: &mut Words<'a>) -> Understood<Command<'a>> {
    const EXAMPLES: &str =
        "After set comes what is to change: qbytes 0, mode 622, uid 1000 or gid 1000.";
    let mut set = Set::default();
    while let Some(word) = words.next() {
        match word {
            "qbytes" => {
                set.qbytes = Some(words.required(
                    |word| number(word, "A number of bytes is a whole number, 0 or more"),
                    EXAMPLES,
                )?);
            }
            "mode" => set.mode = Some(required_mode(words)?),
            "uid" => set.uid = Some(words.required(id_of_user, EXAMPLES)?),
            "gid" => set.gid = Some(words.required(id_of_user, EXAMPLES)?),
            _ => return Err(EXAMPLES.to_string()),
        }
    }
    if set == Set::default() {
        return Err(EXAMPLES.to_string());
    }
    Ok(Command::Set(set))
}

pub(super) fn user<'a>(words: &mut Words<'a>) -> Understood<Command<'a>> {
    const EXAMPLE: &str =
        "After uid comes a user's number, and after gid a group's, as in A: uid 1000 gid 100.";
    let uid = words.required(id_of_user, EXAMPLE)?;
    let gid = if words.take("gid") { words.required(id_of_user, EXAMPLE)? } else { uid };
    Ok(Command::User { uid, gid })
}

pub(super) fn limit<'a>(words: &mut Words<'a>) -> Understood<Command<'a>> {
    const EXAMPLE: &str =
        "After limit comes msgmax, msgmnb or msgmni and a number, as in limit msgmnb 9000.";
    let (which, most) = match words.next() {
        Some("msgmax") => (Limit::Msgmax, MOST_BYTES as u32),
        Some("msgmnb") => (Limit::Msgmnb, i32::MAX as u32),
        // The kernel's own bound: 15 bits of an id are the slot.
        Some("msgmni") => (Limit::Msgmni, 32_768),
        _ => return Err(EXAMPLE.to_string()),
    };
    let value =
        words.required(|word| number(word, "A limit is a whole number, 0 or more"), EXAMPLE)?;
    if value > most {
        return Err(format!("Here {} may be {most} at most.", which.name()));
    }
    Ok(Command::Limit { which, value })
}

fn bytes(word: &str) -> Understood<usize> {
    match number(word, "A size is a number of bytes")? {
        size if size <= MOST_BYTES => Ok(size),
        _ => Err(format!("Here a size may be {MOST_BYTES} bytes at most.")),
    }
}

fn id_of_user(word: &str) -> Understood<u32> {
    const WHAT: &str = "A user or a group is a whole number from 0 to 4294967294";
    match number(word, WHAT)? {
        // -1 to the kernel: nobody.
        u32::MAX => Err(format!("{WHAT}.")),
        id => Ok(id),
    }
}
