//! Private queues with their signs of life, as a sweep finds them.

use std::ffi::c_int;

/// A set of semaphores with the key of a queue: the sign that the queue's caller lives.
///
/// The caller makes the set; then it marks it and raises its life by one, with SEM_UNDO; then it
/// makes the queue. When its process ends, however it does, the kernel takes the one back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sign {
    /// Its ID.
    pub set: c_int,
    /// The user who has made it.
    pub creator: u32,
    /// Whether it has the mark of a sign: others use semaphores for other things.
    pub marked: bool,
    /// What the caller has raised, and the kernel takes back.
    pub life: u16,
    /// When it was last raised or lowered, `sem_otime`: 0 if nobody ever has, so that its caller is
    /// about to.
    pub used: i64,
}

/// A private queue that was found, and the set with its key, if there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The ID of the queue.
    pub queue: c_int,
    /// The user who has made it.
    pub creator: u32,
    /// The set of semaphores with the same key.
    pub sign: Option<Sign>,
}

/// What a sweep does to the system.
pub trait Broom {
    /// Removes a queue, with all that is in it.
    fn remove_queue(&mut self, queue: c_int) -> nix::Result<()>;
    /// Removes a set of semaphores.
    fn remove_set(&mut self, set: c_int) -> nix::Result<()>;
}
