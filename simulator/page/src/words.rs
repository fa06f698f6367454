//! Numbers in words, wherever they are shown.

use alloc::format;
use alloc::string::{String, ToString};

/// `1 message`, `2 messages`.
pub(crate) fn count(number: u64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// `is` for one, `are` for any other number.
pub(crate) fn are(number: u64) -> &'static str {
    if number == 1 { "is" } else { "are" }
}

pub(crate) fn bytes(number: u64) -> String {
    count(number, "byte")
}

/// What a queue of this capacity holds: `3 bytes of 9000`, or, where nothing gets in, that.
pub(crate) fn filled(cbytes: u64, qbytes: u64, qnum: u64) -> String {
    match (qbytes, qnum) {
        (0, 0) => "nothing gets in (qbytes is 0)".to_string(),
        (0, _) => format!("{}, and nothing more gets in (qbytes is 0)", bytes(cbytes)),
        _ => format!("{cbytes} of {}", bytes(qbytes)),
    }
}

/// The key of a queue, as it was typed; where that is longer, as `ipcs` prints it.
pub(crate) fn key(key: i32) -> String {
    match key {
        0 => "no key".to_string(),
        1..=999_999 => format!("key {key}"),
        _ => format!("key {key:#010x}"),
    }
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
