//! What a session comes to: the answer that the page is given.
//!
//! The names and the shape are an agreement with the page's script (see README.md): serialised,
//! this is the JSON that the module returns.

use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use crate::code::Listing;

/// A whole session, played from its first line to its last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Session {
    /// One for each line that is neither empty nor a comment.
    pub steps: Vec<Step>,
    /// What the last line left behind.
    pub state: State,
    /// [`Session::state`] as HTML.
    pub picture: String,
    /// All the code of the steps, as a program.
    pub listing: Listing,
}

/// One line of a session and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The line as it was written, without the white space around it.
    pub line: String,
    /// Whether the line was understood. One that was not has changed nothing; `told` says what to
    /// write.
    pub understood: bool,
    /// What happened, one sentence for each event, in order. The first is about the line itself.
    pub told: Vec<String>,
    /// The system call that the line stands for, if it stands for one.
    pub call: Option<Call>,
    /// The calls that were asleep before and ended with this line, in the order in which they did.
    pub woken: Vec<Call>,
    /// The call in C; empty if there is none.
    pub c: String,
    /// The same with the book's crates; empty if there is none.
    pub rust: String,
}

/// A system call: how it ended, or that it sleeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Call {
    /// Who calls.
    pub process: String,
    /// `msgget`, `msgsnd`, `msgrcv` or `msgctl`.
    pub name: &'static str,
    /// What the call returned, -1 with an `errno`; nothing while it sleeps.
    pub value: Option<i64>,
    /// The name of the error, such as `EAGAIN`.
    pub errno: Option<&'static str>,
    /// Whether the caller was put to sleep.
    pub asleep: bool,
    /// What was received.
    pub message: Option<Message>,
}

/// A message, in the queue or received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    /// Which one it is: calls of `msgsnd` are counted from 1, and a message keeps its number.
    pub serial: u64,
    /// Its type.
    #[serde(rename = "type")]
    pub message_type: i64,
    /// How many bytes it has. Received with `noerror`, how many were left of it.
    pub size: usize,
    /// Its text, shortened to its beginning and `…` if it is long.
    pub text: String,
}

/// The kernel's queues and the processes around them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct State {
    /// The limits of today.
    pub limits: Limits,
    /// The id of the queue that the next line is about, which need not exist any more.
    pub current: Option<i32>,
    /// All queues, in the order of their ids' slots.
    pub queues: Vec<Queue>,
    /// All processes that have done something, in the order in which they came.
    pub processes: Vec<Process>,
}

/// `/proc/sys/kernel/msg*`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Limits {
    /// The most bytes that a message may have.
    pub msgmax: u32,
    /// The bytes that a new queue may hold.
    pub msgmnb: u32,
    /// How many queues there may be.
    pub msgmni: u32,
}

/// A queue as the kernel holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Queue {
    /// Its id.
    pub id: i32,
    /// Its key; 0 for a private queue.
    pub key: i32,
    /// Its mode in octal, `600`.
    pub mode: String,
    /// The user id of its owner.
    pub owner: u32,
    /// How many messages are in it.
    pub qnum: u64,
    /// How many bytes these have together.
    pub cbytes: u64,
    /// How many bytes, and how many messages, it may hold.
    pub qbytes: u64,
    /// The process that sent last.
    pub lspid: Option<String>,
    /// The process that received last.
    pub lrpid: Option<String>,
    /// The messages, oldest first; no more than the first [`SHOWN`].
    pub messages: Vec<Message>,
}

/// How many messages of a queue are listed. Its `qnum` counts all.
pub const SHOWN: usize = 24;

/// A process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Process {
    /// Its name in the session.
    pub name: String,
    /// Where it stands; nowhere before its first message call.
    pub side: Option<Side>,
    /// Its user id; 0 is root.
    pub uid: u32,
    /// The call that it sleeps in.
    pub asleep: Option<Asleep>,
    /// The last message that it received.
    pub got: Option<Message>,
}

/// On which side of the queue a process stands: that of its first message call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// It sends.
    Left,
    /// It receives.
    Right,
}

/// A call that has not returned yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Asleep {
    /// `msgsnd` or `msgrcv`.
    pub call: &'static str,
    /// The queue's id.
    pub queue: i32,
    /// What the call is about: `sends type 1, 8000 bytes`, or `wants type 2`.
    pub about: String,
}
