//! System V message queues for Rust: sound, safe, and taught step by step.
//!
//! This crate is the six steps of the book *Leave a Message* under one roof, and the home of its
//! two programs, `server` and `client`. Each step is a crate of its own, named in the list below;
//! a fix is made there and nowhere else.
//!
//! | Step | What it adds |
//! | --- | --- |
//! | 1 key setup | [`Key`]: what both sides agree on |
//! | 2 create | [`Queue`]: the kernel's name for one queue; [`Mode`] |
//! | 3 structure | [`MessageType`], [`Envelope`]: a message as the kernel reads it |
//! | 4 send | [`Sender`] |
//! | 5 receive | [`Receiver`], [`Select`], [`Message`] |
//! | 6 cleanup | [`OwnedQueue`], [`Status`], [`remove`], [`set_capacity`], `may_change` |
//!
//! ```
//! use sysv_mq::{Key, MessageType, Mode, OwnedQueue, Queue, Receiver, Select, Sender};
//!
//! # fn example(room: &support::Room) -> nix::Result<()> {
//! let key: Key = "1234".parse().unwrap();
//! # let key = Key::new(room.key()).unwrap();
//! let mailbox = OwnedQueue::new(Queue::create_new(key, Mode::S_IRUSR | Mode::S_IWUSR)?);
//!
//! // Another program, or another thread, which knows the key:
//! Sender::new(Queue::open(key)?).send(MessageType::ONE, b"call me back\0")?;
//!
//! let mut receiver = Receiver::new(mailbox.queue());
//! assert_eq!(receiver.recv(Select::Any)?.text(), b"call me back");
//! # Ok(())
//! # } // Dropping `mailbox` removes the queue.
//! # support::alone(|room| example(room).unwrap());
//! ```
//!
//! Errors are [`nix::errno::Errno`], named as in the manual pages; [`explain`] puts them into
//! words.
//!
//! # Platforms
//!
//! Linux with glibc or musl, and FreeBSD, whose kernel has no `MSG_EXCEPT`, no `MSG_COPY` and no
//! queue of capacity 0: there `Select::AllBut`, `Receiver::peek`, the `OwnedQueue::close` methods,
//! `may_change` and the two programs do not exist. Elsewhere compiling stops with a sentence that
//! says so.
//!
//! # Features
//!
//! `programs`, on by default, is what `server` and `client` need. The library alone,
//! `default-features = false`, links libc and nix. (Cargo builds `streams` as well, for the
//! chapters' small programs.)

pub use ch01_key_setup::{Key, ParseKeyError};
pub use ch02_create::{Mode, Queue};
pub use ch03_structure::{Envelope, MessageType};
pub use ch04_send::Sender;
pub use ch05_receive::{Message, Receiver, Select};
#[cfg(target_os = "linux")]
pub use ch06_cleanup::may_change;
pub use ch06_cleanup::{OwnedQueue, Status, remove, set_capacity, set_mode};

/// What each call means by its errno, in words for the person who meets it.
pub mod explain {
    pub use ch02_create::explain as create;
    pub use ch04_send::explain as send;
    pub use ch05_receive::explain as receive;
    pub use ch06_cleanup::explain as control;
}

#[cfg(all(feature = "programs", target_os = "linux"))]
#[doc(hidden)]
pub mod programs;
