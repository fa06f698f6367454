//! System V message queues for Rust: sound, safe, and taught step by step.
//!
//! This crate is the chapters of the book *Leave a Message* under one roof, and the home of its two
//! programs, `server` and `client`. Each chapter is a crate of its own; a fix is made there and
//! nowhere else. The six steps:
//!
//! | Step | What it adds |
//! | --- | --- |
//! | 1 key setup | [`Key`]: what both sides agree on |
//! | 2 create | [`Queue`]: the kernel's name for one queue; [`Mode`] |
//! | 3 structure | [`MessageType`], [`Envelope`]: a message as the kernel reads it |
//! | 4 send | [`Sender`] |
//! | 5 receive | [`Receiver`], [`Select`], [`Message`] |
//! | 6 cleanup | [`OwnedQueue`], [`Status`], [`remove()`], [`set_capacity`], [`set_mode`], [`may_change`] |
//!
//! And from the third part of the book:
//!
//! | Chapter | What it adds |
//! | --- | --- |
//! | 10 waiting | [`RecvTimeout`], [`SendTimeout`]; [`Inbox`], for poll; [`Alarm`]; [`back_pressure`] |
//! | 11 request and reply | [`request_reply`]: a private queue for each caller |
//! | 12 rights | [`Settings`], [`Limits`], [`Totals`], [`list`], [`open_created_by`], [`handshake`] |
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
//! Errors are nix's [`Errno`], named as in the manual pages; [`explain`] puts them into words.
//!
//! # Platforms
//!
//! Linux with glibc or musl, and FreeBSD, whose kernel has no `MSG_EXCEPT`, no `MSG_COPY` and no
//! queue of capacity 0: there `Select::AllBut`, `Receiver::peek`, the `OwnedQueue::close` methods,
//! `may_change`, the two programs, and of chapters 10 to 12 all but [`Settings`] do not exist.
//! Elsewhere compiling stops with a sentence that says so.
//!
//! # Features
//!
//! `programs`, on by default, is what `server` and `client` need. The library alone,
//! `default-features = false`, compiles libc, nix and what that needs, and nothing else of others.
//!
#![doc = include_str!("library.md")]

pub use ch01_key_setup::{Key, ParseKeyError};
pub use ch02_create::{Mode, Queue};
pub use ch03_structure::{Envelope, MessageType};
pub use ch04_send::Sender;
pub use ch05_receive::{Message, Receiver, Select};
#[cfg(target_os = "linux")]
pub use ch06_cleanup::may_change;
pub use ch06_cleanup::{OwnedQueue, Status, remove, set_capacity, set_mode};
#[cfg(target_os = "linux")]
pub use ch10_waiting::{Alarm, Inbox, RecvTimeout, SendTimeout, alarm_signal, set_alarm_signal};
pub use ch12_rights::Settings;
#[cfg(target_os = "linux")]
pub use ch12_rights::{Limits, Totals, check_creator, list, open_created_by};
pub use nix::errno::Errno;
pub use nix::unistd::{Gid, Pid, Uid};

/// What a producer does that is faster than its consumer: five policies, and how full a queue is.
#[cfg(target_os = "linux")]
pub mod back_pressure {
    pub use ch10_waiting::{
        DropNewest, DropOldest, Fate, Fullness, Policy, SlowDown, Spool, Wait, age_of_oldest,
        stamped, unstamped,
    };
}

/// Request and reply over a private queue for each caller, with numbers against late replies.
#[cfg(target_os = "linux")]
pub mod request_reply {
    pub use ch11_request_reply::{
        Caller, Malformed, Refusal, Reply, Request, Responder, Served, Swept, sweep, sweep_after,
    };
}

/// Who a sender is: a queue for one user, handed out over a Unix socket.
#[cfg(target_os = "linux")]
pub mod handshake {
    pub use ch12_rights::{hand_out, peer, take_up};
}

/// What each call means by its errno, in words for the person who meets it.
pub mod explain {
    pub use ch02_create::explain as create;
    pub use ch04_send::explain as send;
    pub use ch05_receive::explain as receive;
    pub use ch06_cleanup::explain as control;
    #[cfg(target_os = "linux")]
    pub use ch10_waiting::explain as timeout;
    #[cfg(target_os = "linux")]
    pub use ch11_request_reply::explain as call;
    pub use ch12_rights::explain as settings;
}

#[cfg(all(feature = "programs", target_os = "linux"))]
#[doc(hidden)]
pub mod programs;
