//! From what a person types to a [`Key`].

use std::error::Error;
use std::fmt;
use std::str::FromStr;

use crate::Key;

impl FromStr for Key {
    type Err = ParseKeyError;

    /// Reads decimal, `1234` or `-5`, or hexadecimal as `ipcs` prints it, `0x000004d2`.
    fn from_str(text: &str) -> Result<Key, ParseKeyError> {
        let raw = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
            // Eight hexadecimal digits are the 32 bits of the key, its sign among them.
            Some(digits) if digits.starts_with('+') => return Err(ParseKeyError::NotANumber),
            Some(digits) => u32::from_str_radix(digits, 16).map(|bits| bits as i32),
            None => text.parse::<i32>(),
        };
        let raw = raw.map_err(|_| ParseKeyError::NotANumber)?;
        Key::new(raw as libc::key_t).ok_or(ParseKeyError::Private)
    }
}

/// Why a text is not a [`Key`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseKeyError {
    /// Not a whole number of 32 bits.
    NotANumber,
    /// The number is 0, `IPC_PRIVATE`, under which nobody can find a queue.
    Private,
}

impl fmt::Display for ParseKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ParseKeyError::NotANumber => {
                "a key is a whole number from -2147483648 to 2147483647, such as 1234, or up to 8 hexadecimal digits, such as 0x4d2"
            }
            ParseKeyError::Private => {
                "0 is IPC_PRIVATE, a queue that nobody can look up: choose another number"
            }
        })
    }
}

impl Error for ParseKeyError {}
