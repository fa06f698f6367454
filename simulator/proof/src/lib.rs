//! What proves the simulator: the same calls on the model and on the kernel.
//!
//! [`Calls`] are the system calls of message queues, as processes make them. The model
//! ([`simulator::Kernel`]) has them, and so has [`Real`], which has real processes make them in an
//! IPC namespace of its own. Whatever is asked of both must be answered alike.

#[cfg(not(target_os = "linux"))]
compile_error!("the proof needs Linux: it compares the model with Linux's own kernel");

mod calls;
mod child;
mod crates;
mod credentials;
mod look;
pub mod machine;
mod model;
mod namespace;
mod observe;
mod process;
mod raw;
mod real;

pub use calls::Calls;
pub use raw::LONGEST;
pub use real::{Real, Route};
