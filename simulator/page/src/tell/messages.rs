//! Messages and queues in words.

use alloc::format;
use alloc::string::String;

use simulator::{Message, Status};

use crate::command::Text;
use crate::text::{preview, quoted};
use crate::words::{are, bytes, count, filled};

/// A message that is sent: `type 3, 5 bytes, “hello”`. A long text is not read out.
pub(super) fn sent(message_type: i64, text: Text<'_>) -> String {
    match text {
        Text::Words(words) => message(message_type, words.len(), words.as_bytes()),
        Text::Filler(size) => message(message_type, size, &[]),
    }
}

/// A message that was received, in the same words.
pub(super) fn described(received: &Message) -> String {
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
pub(super) fn in_queue(status: &Status) -> String {
    let Status { qnum, cbytes, qbytes, .. } = *status;
    match qnum {
        0 if qbytes == 0 => format!("The queue is empty now, and {}.", filled(0, 0, 0)),
        0 => String::from("The queue is empty now."),
        _ => format!(
            "{} {} in the queue now, {}.",
            count(qnum, "message"),
            are(qnum),
            filled(cbytes, qbytes, qnum)
        ),
    }
}
