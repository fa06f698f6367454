//! From what a person types to a [`Queue`].

use std::error::Error;
use std::fmt;
use std::str::FromStr;

use crate::Queue;

impl FromStr for Queue {
    type Err = ParseQueueError;

    /// Reads an id in decimal. As for [`Queue::from_id`], no queue needs to be there.
    fn from_str(text: &str) -> Result<Queue, ParseQueueError> {
        text.parse().map(Queue::from_id).map_err(|_| ParseQueueError)
    }
}

/// The text is not a number that an id can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseQueueError;

impl fmt::Display for ParseQueueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a queue id is a whole number, as ch02 and ipcs -q print it")
    }
}

impl Error for ParseQueueError {}
