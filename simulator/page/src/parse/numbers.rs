//! Numbers as they are written in a line.

use alloc::format;
use alloc::string::{String, ToString};

use crate::text::quoted;

/// A whole number that `T` can hold. `what` says which, as in "A type is a whole number of 64
/// bits".
pub(crate) fn number<T: TryFrom<i64>>(word: &str, what: &str) -> Result<T, String> {
    digits(word, 10)
        .and_then(|number| T::try_from(number).ok())
        .ok_or_else(|| format!("{what}, and not {}.", quoted(word)))
}

/// A key, decimal or, as `ipcs` prints it, hexadecimal. 0 is allowed: what it does is worth seeing.
pub(crate) fn key(word: &str) -> Result<i32, String> {
    const WHAT: &str = "A key is a whole number of 32 bits, such as 1234 or 0x4d2";
    match word.strip_prefix("0x") {
        // The 32 bits of the key, its sign among them.
        Some(hexadecimal) => digits(hexadecimal, 16)
            .and_then(|bits| u32::try_from(bits).ok())
            .map(|bits| bits as i32)
            .ok_or_else(|| format!("{WHAT}, and not {}.", quoted(word))),
        None => number(word, WHAT),
    }
}

/// Nine permission bits.
pub(crate) fn mode(word: &str) -> Result<u32, String> {
    match digits(word, 8) {
        Some(mode @ 0..=0o777) => Ok(mode as u32),
        _ => Err("A mode is three octal digits, from 000 to 777, such as 600.".to_string()),
    }
}

/// One reader for all numbers: each more would be a few hundred bytes of the module.
fn digits(word: &str, radix: u32) -> Option<i64> {
    i64::from_str_radix(word, radix).ok()
}
