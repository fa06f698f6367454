//! System V message queues as the Linux kernel holds them, without a kernel.
//!
//! A kernel is one IPC namespace and the processes that live with it. Its methods are the system
//! calls, under their C names and with their C numbers, and what they return is what Linux returns: the
//! value or the errno, in the kernel's own order of checks. A call that would sleep says so, and
//! goes on when another call wakes it.
//! # Limits
//!
//! There is no memory and no time: no `EFAULT`, no `ENOMEM`, no `stime`. A `long` has 64 bits. The
//! security modules and the commands `MSG_STAT`, `MSG_INFO` and `IPC_INFO` are left out. Where the
//! kernel lets several woken processes race, they run in the order in which they were woken.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod credentials;
mod errno;
mod flags;
mod limits;
mod message;
mod process;
mod status;

pub use credentials::{Capabilities, Credentials};
pub use errno::Errno;
pub use flags::{IPC_CREAT, IPC_EXCL, IPC_NOWAIT, IPC_PRIVATE, MSG_COPY, MSG_EXCEPT, MSG_NOERROR};
pub use limits::Limits;
pub use message::Message;
pub use process::{Call, Ended, Outcome, Pid, Sleep};
pub use status::{Id, Settings, Status};
