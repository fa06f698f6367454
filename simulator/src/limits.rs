//! What an IPC namespace allows.

/// The three limits of an IPC namespace, `/proc/sys/kernel/msg*`.
///
/// The kernel takes 0 to `i32::MAX` for the first two, and 0 to 32,768 for the third.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limits {
    /// How long a message may be, in bytes.
    pub msgmax: u32,
    /// How many bytes, and how many messages, a new queue may hold.
    pub msgmnb: u32,
    /// How many queues there may be.
    pub msgmni: u32,
}

impl Default for Limits {
    /// What Linux starts with.
    fn default() -> Limits {
        Limits { msgmax: 8192, msgmnb: 16384, msgmni: 32000 }
    }
}
