//! Step 2, create: the kernel's name for one queue.
//!
//! [`Queue`] is that name: a small number, the *id*. It is not a file descriptor. It owns nothing,
//! closing it is not possible, copying it costs nothing, and the queue behind it lives in the
//! kernel until somebody removes it or the machine restarts, whatever becomes of the program that
//! made it. That is why two people who are never in the room at the same time can use it as a
//! mailbox, and why chapter 6 is about cleaning up.
//!
//! ```
//! use ch01_key_setup::Key;
//! use ch02_create::{Mode, Queue};
//! use nix::errno::Errno;
//!
//! # fn example(room: &support::Room) -> nix::Result<()> {
//! let key = Key::new(1234).unwrap();
//! # let key = Key::new(room.key()).unwrap();
//! let queue = Queue::create_new(key, Mode::S_IRUSR | Mode::S_IWUSR)?;
//!
//! assert_eq!(Queue::open(key), Ok(queue)); // the same key, the same queue
//! assert_eq!(Queue::create_new(key, Mode::S_IRWXU), Err(Errno::EEXIST));
//! # room.remove(queue.id());
//! # Ok(())
//! # }
//! # support::alone(|room| example(room).unwrap());
//! ```
//!
//! # Limits
//!
//! A `Queue` can outlive the queue that it names: after a removal every call with it fails with
//! `EINVAL`. The kernel gives an id again only after millions of other queues have been made and
//! removed, which somebody can do on purpose in seconds. A `Queue` can never name memory of your
//! program, so no misuse of it is unsafe.

mod explain;
mod parse;
mod unused;

use std::ffi::c_int;

use ch01_key_setup::Key;
use nix::errno::Errno;

pub use explain::explain;
pub use nix::sys::stat::Mode;
pub use parse::ParseQueueError;

// ANCHOR: queue
/// The kernel's name for one queue: an id. `Copy`, and owner of nothing.
///
/// Every process of the same IPC namespace means the same queue by the same id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[doc(alias = "msqid")]
pub struct Queue {
    id: c_int,
}
// ANCHOR_END: queue

impl Queue {
    // ANCHOR: create
    /// Opens the queue with this key; makes it, with this mode, if there is none.
    ///
    /// Of the mode the nine bits for reading, writing and executing count; the umask does not. It
    /// is ignored for a queue that exists, except that the access it asks for is checked against
    /// that queue's own mode.
    ///
    /// # Errors
    ///
    /// `EACCES`: the queue exists and its mode does not allow you what `mode` asks for.
    /// `ENOSPC`: the system has all the queues it may have (`msgmni`). `ENOMEM`: out of memory.
    /// See msgget(2).
    #[doc(alias = "msgget")]
    pub fn create(key: Key, mode: Mode) -> nix::Result<Queue> {
        msgget(key.raw(), libc::IPC_CREAT | flags(mode))
    }

    /// Makes the queue with this key, which must not exist yet.
    ///
    /// # Errors
    ///
    /// `EEXIST`: there is one already. `ENOSPC`, `ENOMEM`: as for [`Queue::create`].
    #[doc(alias = "IPC_EXCL")]
    pub fn create_new(key: Key, mode: Mode) -> nix::Result<Queue> {
        msgget(key.raw(), libc::IPC_CREAT | libc::IPC_EXCL | flags(mode))
    }

    /// Finds the queue with this key.
    ///
    /// No access is asked for, so none is checked: anyone may learn the id of any queue. What you
    /// may do with it is decided at each call. [`Queue::open_for`] asks at once.
    ///
    /// # Errors
    ///
    /// `ENOENT`: there is no queue with this key.
    pub fn open(key: Key) -> nix::Result<Queue> {
        Queue::open_for(key, Mode::empty())
    }

    /// Finds the queue with this key and asks whether you have the access that `mode` names.
    ///
    /// It is enough to name it for one class: `S_IWUSR` asks "may I write", whoever you are.
    ///
    /// # Errors
    ///
    /// `ENOENT`: there is no queue with this key. `EACCES`: there is, and its mode does not allow
    /// you that.
    pub fn open_for(key: Key, mode: Mode) -> nix::Result<Queue> {
        msgget(key.raw(), flags(mode))
    }
    // ANCHOR_END: create

    // ANCHOR: private
    /// Makes a queue without a key, which nobody can look up. A program that should use it needs
    /// its ID.
    ///
    /// # Errors
    ///
    /// `ENOSPC`, `ENOMEM`: as for [`Queue::create`].
    #[doc(alias = "IPC_PRIVATE")]
    pub fn private(mode: Mode) -> nix::Result<Queue> {
        msgget(libc::IPC_PRIVATE, flags(mode))
    }

    /// The queue with this id, as a program hands it to another (by fork, by argument, in a file).
    ///
    /// Nothing is checked: a number that names no queue makes the next call fail with `EINVAL`.
    #[must_use]
    pub const fn from_id(id: c_int) -> Queue {
        Queue { id }
    }

    /// The number that the system calls take. 0 is an id like any other.
    #[must_use]
    pub const fn id(self) -> c_int {
        self.id
    }
    // ANCHOR_END: private
}

// ANCHOR: msgget
/// The one place that calls msgget(2). `key` may be 0 here: `IPC_PRIVATE`.
fn msgget(key: libc::key_t, flags: c_int) -> nix::Result<Queue> {
    // SAFETY: msgget takes two numbers and returns one. It reads and writes no memory of ours,
    // and every value of both arguments is allowed: those without a meaning give an errno.
    let id = unsafe { libc::msgget(key, flags) };
    Errno::result(id).map(|id| Queue { id })
}

/// The nine permission bits, as the low bits of msgget's flags.
fn flags(mode: Mode) -> c_int {
    c_int::from((mode & (Mode::S_IRWXU | Mode::S_IRWXG | Mode::S_IRWXO)).bits() as u16)
}
// ANCHOR_END: msgget
