//! Which message a receiver wants.

use alloc::collections::VecDeque;

use crate::{MSG_COPY, MSG_EXCEPT, Message};

/// What `msgrcv` reads out of its type and its flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Search {
    /// 0: the oldest.
    Any,
    /// A type: the oldest of it.
    Exactly(i64),
    /// A type with `MSG_EXCEPT`: the oldest of any other.
    AllBut(i64),
    /// A negative number: the lowest type up to its absolute value.
    UpTo(i64),
    /// Any number with `MSG_COPY`: the message at this place.
    Place(i64),
}

impl Search {
    pub(crate) fn new(msgtyp: i64, flags: i32) -> Search {
        if flags & MSG_COPY != 0 {
            Search::Place(msgtyp)
        } else if msgtyp == 0 {
            Search::Any
        } else if msgtyp < 0 {
            // The lowest number has no positive counterpart; the highest type does as well.
            Search::UpTo(msgtyp.checked_neg().unwrap_or(i64::MAX))
        } else if flags & MSG_EXCEPT != 0 {
            Search::AllBut(msgtyp)
        } else {
            Search::Exactly(msgtyp)
        }
    }

    /// Whether a receiver that is asleep takes a message of this type when it arrives. There is
    /// nothing to compare it with then, so lowest first does not come into it.
    pub(crate) fn wants(self, mtype: i64) -> bool {
        match self {
            Search::Any | Search::Place(_) => true,
            Search::Exactly(wanted) => mtype == wanted,
            Search::AllBut(unwanted) => mtype != unwanted,
            Search::UpTo(highest) => mtype <= highest,
        }
    }

    /// The place of the message to take from those that wait.
    pub(crate) fn find(self, messages: &VecDeque<Message>) -> Option<usize> {
        match self {
            Search::Place(place) => {
                usize::try_from(place).ok().filter(|place| *place < messages.len())
            }
            // Of equal types the first is the minimum: the oldest.
            Search::UpTo(_) => messages
                .iter()
                .enumerate()
                .filter(|(_, message)| self.wants(message.mtype))
                .min_by_key(|(_, message)| message.mtype)
                .map(|(place, _)| place),
            _ => messages.iter().position(|message| self.wants(message.mtype)),
        }
    }
}
