//! System V message queues as the Linux kernel holds them, without a kernel.
//!
//! A [`Kernel`] is one IPC namespace and the processes that live with it. Its methods are the
//! system calls, under their C names and with their C numbers, and what they return is what Linux
//! returns: the value or the errno, in the kernel's own order of checks. A call that would sleep
//! says so, and goes on when another call wakes it.
//! ```
//! use simulator::{Credentials, Ended, Errno, IPC_CREAT, IPC_NOWAIT, Kernel, Limits, Outcome};
//!
//! let mut kernel = Kernel::new(Limits::default());
//! let server = kernel.spawn(Credentials::root());
//! let client = kernel.spawn(Credentials::root());
//! let id = kernel.msgget(server, 1234, IPC_CREAT | 0o600)?;
//!
//! assert_eq!(kernel.msgrcv(server, id, 256, 0, IPC_NOWAIT), Outcome::Done(Err(Errno::ENOMSG)));
//! assert_eq!(kernel.msgrcv(server, id, 256, 0, 0), Outcome::Asleep);
//! assert_eq!(kernel.msgsnd(client, id, 1, b"hello", 0), Outcome::Done(Ok(())));
//!
//! let woken = kernel.woken();
//! let [(pid, Ended::Received(Ok(message)))] = &woken[..] else { panic!("{woken:?}") };
//! assert_eq!(*pid, server);
//! assert_eq!((message.mtype, &message.text[..]), (1, &b"hello"[..]));
//! # Ok::<(), Errno>(())
//! ```
//!
//! # Limits
//!
//! There is no memory and no time: no `EFAULT`, no `ENOMEM`, no `stime`. A `long` has 64 bits. The
//! security modules and the commands `MSG_STAT`, `MSG_INFO` and `IPC_INFO` are left out. Where the
//! kernel lets several woken processes race, they run in the order in which they were woken;
//! [`Kernel::pause`] lets a caller try the other orders.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod control;
mod credentials;
mod errno;
mod flags;
mod get;
mod ids;
mod kernel;
mod limits;
mod message;
mod permission;
mod process;
mod queue;
mod receive;
mod select;
mod send;
mod status;
mod wake;

pub use credentials::{Capabilities, Credentials};
pub use errno::Errno;
pub use flags::{IPC_CREAT, IPC_EXCL, IPC_NOWAIT, IPC_PRIVATE, MSG_COPY, MSG_EXCEPT, MSG_NOERROR};
pub use kernel::Kernel;
pub use limits::Limits;
pub use message::Message;
pub use permission::governs;
pub use process::{Call, Ended, Outcome, Pid, Sleep};
pub use queue::Queue;
pub use status::{Id, Lack, Settings, Status};

#[cfg(test)]
mod tests;
