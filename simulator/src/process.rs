//! Those who make the calls, and the calls that they sleep in.

use core::fmt;

use crate::{Credentials, Errno, Id, Message};

/// A process. Each has one thread, so one call at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Pid(pub i32);

impl fmt::Display for Pid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a call came to that may sleep.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[must_use]
pub enum Outcome<T> {
    /// It has returned.
    Done(Result<T, Errno>),
    /// It sleeps. [`Kernel::woken`](crate::Kernel::woken) tells when it has ended, and how.
    Asleep,
}

impl<T> Outcome<T> {
    /// What the call came to.
    ///
    /// # Panics
    ///
    /// If it sleeps.
    #[track_caller]
    pub fn done(self) -> Result<T, Errno> {
        match self {
            Outcome::Done(result) => result,
            Outcome::Asleep => panic!("the call sleeps"),
        }
    }

    /// The same with another value, where there is one.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Outcome<U> {
        match self {
            Outcome::Done(result) => Outcome::Done(result.map(change)),
            Outcome::Asleep => Outcome::Asleep,
        }
    }
}

/// How a call ended that had been asleep.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Ended {
    /// `msgsnd` has returned.
    Sent(Result<(), Errno>),
    /// `msgrcv` has returned.
    Received(Result<Message, Errno>),
}

/// A call that sleeps.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sleep {
    /// The queue that it waits at.
    pub id: Id,
    /// What it waits to do.
    pub call: Call,
}

/// The two calls that may sleep.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Call {
    /// `msgsnd`, which waits for room for this message.
    Send(Message),
    /// `msgrcv`, which waits for a message that it wants.
    Receive {
        /// How long its buffer is.
        size: usize,
        /// Which message it wants.
        msgtyp: i64,
        /// The flags it was given.
        flags: i32,
    },
}

/// What the kernel knows of a process.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Process {
    pub(crate) credentials: Credentials,
    pub(crate) sleep: Option<Sleep>,
    pub(crate) waking: Waking,
}

impl Process {
    pub(crate) fn new(credentials: Credentials) -> Process {
        Process { credentials, sleep: None, waking: Waking::default() }
    }
}

/// Why a sleeper was woken. By default: to look again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Waking {
    /// A receiver was handed its result: a message, or why there is none.
    pub(crate) answer: Option<Result<Message, Errno>>,
    /// A signal came.
    pub(crate) signal: bool,
}
