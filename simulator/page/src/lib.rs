//! The simulator as a page uses it: lines of text in, steps, sentences and a picture out.
//!
//! A *session* is text, one command a line, and [`session`] plays it from nothing each time. There
//! is no other state: undo is leaving the last line out, reset is no lines, a link is the lines.
//!
//! ```
//! let session = simulator_page::session("create 1234\nsend 3 hello\nrecv -2 nowait");
//!
//! assert_eq!(session.steps[1].told[0], "S1 sends type 3, 5 bytes, “hello”.");
//! assert_eq!(session.steps[1].told[1], "1 message is in the queue now, 5 of 16384 bytes.");
//! assert_eq!(session.steps[2].call.as_ref().unwrap().errno, Some("ENOMSG"));
//! assert_eq!(session.steps[1].rust, r#"Sender::new(queue).send(MessageType::new(3).unwrap(), b"hello")?;"#);
//! ```
//!
//! README.md has the language of the lines, the JSON and the picture. The module for the page is
//! this crate and `module.rs`, built by `cargo xtask wasm`.
//!
//! # Limits
//!
//! A session has at most [`MOST_STEPS`] steps; a line, a message and a buffer have bounds too.
//! Whatever is too much is said in words, as a step that was not understood.
#![cfg_attr(target_arch = "wasm32", no_std)]

extern crate alloc;

mod code;
mod command;
#[cfg(target_arch = "wasm32")]
mod module;
mod parse;
mod picture;
mod play;
mod session;
mod tell;
mod text;
mod words;
mod world;

use alloc::string::String;

pub use code::Listing;
pub use play::MOST_STEPS;
pub use session::{
    Asleep, Call, Limits, Message, Process, Queue, SHOWN, Session, Side, State, Step,
};

/// Which sources this was built from: 16 hexadecimal digits, made by build.rs.
pub const SOURCES: &str = env!("SIMULATOR_SOURCES");

/// Plays a session from its first line to its last.
#[must_use]
pub fn session(text: &str) -> Session {
    play::session(text)
}

/// The same as JSON, as the module returns it.
#[must_use]
pub fn session_json(text: &str) -> String {
    // Nothing here can fail: the keys are strings, and no value refuses.
    serde_json::to_string(&session(text)).unwrap_or_default()
}
