//! Numbers as they are written in a line.

use alloc::format;
use alloc::string::{String, ToString};
use core::str::FromStr;

use crate::text::quoted;

/// A whole number that `T` can hold. `what` begins the sentence otherwise.
pub(crate) fn number<T: FromStr + Bounds>(word: &str, what: &str) -> Result<T, String> {
    word.parse().map_err(|_| {
        let (least, most) = T::BOUNDS;
        format!(
            "{what} is a whole number from {least} to {most}, and not {}.",
            quoted(word)
        )
    })
}

/// The first and the last number of a type, as text.
pub(crate) trait Bounds {
    const BOUNDS: (&str, &str);
}

impl Bounds for i32 {
    const BOUNDS: (&str, &str) = ("-2147483648", "2147483647");
}

impl Bounds for u32 {
    const BOUNDS: (&str, &str) = ("0", "4294967295");
}

impl Bounds for i64 {
    const BOUNDS: (&str, &str) = ("-9223372036854775808", "9223372036854775807");
}

impl Bounds for u64 {
    const BOUNDS: (&str, &str) = ("0", "18446744073709551615");
}

/// A key, decimal or, as `ipcs` prints it, hexadecimal. 0 is allowed: what it does is worth seeing.
pub(crate) fn key(word: &str) -> Result<i32, String> {
    let read = match word.strip_prefix("0x").or_else(|| word.strip_prefix("0X")) {
        Some(digits) if digits.starts_with('+') => None,
        Some(digits) => u32::from_str_radix(digits, 16).ok().map(|bits| bits as i32),
        None => word.parse().ok(),
    };
    read.ok_or_else(|| {
        format!(
            "A key is a whole number of 32 bits, such as 1234 or 0x4d2, and not {}.",
            quoted(word)
        )
    })
}

/// Nine permission bits.
pub(crate) fn mode(word: &str) -> Result<u32, String> {
    match u32::from_str_radix(word, 8) {
        Ok(mode) if mode <= 0o777 && !word.starts_with('+') => Ok(mode),
        _ => Err("A mode is three octal digits, from 000 to 777, such as 600.".to_string()),
    }
}
