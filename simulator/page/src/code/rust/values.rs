//! Keys, types, modes and texts as they are written in Rust.

use alloc::format;
use alloc::string::{String, ToString};

use crate::text::is_visible;

pub(super) fn key_of(key: i32) -> String {
    format!("Key::new({key}).unwrap()")
}

pub(super) fn type_of(number: i64) -> String {
    if number == 1 {
        "MessageType::ONE".to_string()
    } else {
        format!("MessageType::new({number}).unwrap()")
    }
}

pub(super) fn mode_of(mode: u32) -> String {
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
            names.extend([if names.is_empty() { "Mode::" } else { " | Mode::" }, name]);
        }
    }
    if names.is_empty() {
        names.push_str("Mode::empty()");
    }
    names
}

pub(super) fn literal(text: &str) -> String {
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
    if text.chars().all(|character| character.is_ascii() && is_visible(character)) {
        format!("b{literal}")
    } else {
        format!("{literal}.as_bytes()")
    }
}
