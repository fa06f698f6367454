//! Numbers and messages in words.

use alloc::format;
use alloc::string::String;

use simulator::{Message, Status};

use crate::command::Text;
use crate::text::{preview, quoted};

/// `1 message`, `2 messages`.
pub(crate) fn count(number: u64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

pub(crate) fn bytes(number: u64) -> String {
    count(number, "byte")
}

/// What `msgrcv` was told to look for.
pub(crate) fn wanted(message_type: i64, except: bool) -> String {
    match message_type {
        0 => String::from("any message"),
        1.. if except => format!("any type but {message_type}"),
        1.. => format!("type {message_type}"),
        -1 => String::from("type 1"),
        _ => format!("type {} or lower", message_type.unsigned_abs()),
    }
}

/// A message that is sent: `type 3, 5 bytes, “hello”`. A long text is not read out.
pub(crate) fn sent(message_type: i64, text: Text<'_>) -> String {
    match text {
        Text::Words(words) => message(message_type, words.len(), words.as_bytes()),
        Text::Filler(size) => message(message_type, size, &[]),
    }
}

/// A message that was received, in the same words.
pub(crate) fn described(received: &Message) -> String {
    message(received.mtype, received.text.len(), &received.text)
}

fn message(message_type: i64, size: usize, text: &[u8]) -> String {
    let mut words = format!("type {message_type}, {}", bytes(size as u64));
    let shown = preview(text);
    if !shown.is_empty() && !shown.ends_with('…') {
        words.push_str(&format!(", {}", quoted(&shown)));
    }
    words
}

/// How full a queue is.
pub(crate) fn in_queue(status: &Status) -> String {
    let Status {
        qnum,
        cbytes,
        qbytes,
        ..
    } = status;
    match qnum {
        0 => String::from("The queue is empty now."),
        1 => format!(
            "1 message is in the queue now, {cbytes} of {}.",
            bytes(*qbytes)
        ),
        _ => format!(
            "{qnum} messages are in the queue now, {cbytes} of {}.",
            bytes(*qbytes)
        ),
    }
}
