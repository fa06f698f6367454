//! The simulator as a page uses it: lines of text in, steps, sentences and a picture out.
#![cfg_attr(target_arch = "wasm32", no_std)]

extern crate alloc;

mod session;

pub use session::{
    Asleep, Call, Limits, Message, Process, Queue, SHOWN, Session, Side, State, Step,
};
