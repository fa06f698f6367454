//! From what a person types to a [`MessageType`].

use std::error::Error;
use std::ffi::c_long;
use std::fmt;
use std::str::FromStr;

use crate::MessageType;

impl FromStr for MessageType {
    type Err = ParseMessageTypeError;

    /// Reads a decimal number of at least 1.
    fn from_str(text: &str) -> Result<MessageType, ParseMessageTypeError> {
        text.parse().ok().and_then(MessageType::new).ok_or(ParseMessageTypeError)
    }
}

/// The text is not a number that a [`MessageType`] can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseMessageTypeError;

impl fmt::Display for ParseMessageTypeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a message type is a whole number from 1 to {}", c_long::MAX)
    }
}

impl Error for ParseMessageTypeError {}
