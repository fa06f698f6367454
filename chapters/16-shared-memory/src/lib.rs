//! What's next: a ring in shared memory, and what a death does to it.
//!
//! ```
//! use ch16_shared_memory::{Ring, Shape, unlink};
//!
//! # fn example() -> nix::Result<()> {
//! let name = format!("/example-{}", std::process::id());
//! let ring = Ring::create_new(&name, Shape::new(8, 255)?)?; // 8 messages of 255 bytes
//!
//! // Another process, which knows the name:
//! Ring::open(&name)?.send(b"call me back")?;
//!
//! let mut message = Vec::new();
//! ring.recv(&mut message)?;
//! assert_eq!(message, b"call me back");
//! unlink(&name)
//! # }
//! # support::alone(|_| example().unwrap());
//! ```

#[cfg(target_os = "linux")]
mod bell;
#[cfg(target_os = "linux")]
mod door;
#[cfg(target_os = "linux")]
mod explain;
#[cfg(target_os = "linux")]
mod lane;
#[cfg(target_os = "linux")]
mod layout;
#[cfg(target_os = "linux")]
mod memory;
#[cfg(target_os = "linux")]
mod owned;
#[cfg(target_os = "linux")]
mod ring;
#[cfg(target_os = "linux")]
mod sealed;
#[cfg(target_os = "linux")]
mod semaphores;

#[cfg(target_os = "linux")]
pub use bell::futex_calls;
#[cfg(target_os = "linux")]
pub use explain::explain;
#[cfg(target_os = "linux")]
pub use lane::Step;
#[cfg(target_os = "linux")]
pub use layout::Shape;
#[cfg(target_os = "linux")]
pub use owned::OwnedRing;
#[cfg(target_os = "linux")]
pub use ring::{Ring, unlink};
#[cfg(target_os = "linux")]
pub use sealed::{SealedReceiver, SealedSender, sealed_memory};
#[cfg(target_os = "linux")]
pub use semaphores::SemaphoreRing;
