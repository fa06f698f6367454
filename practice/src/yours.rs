//! A call of the reader's code: a panic in it is a finding, and has a sentence.

use std::fmt::Display;

/// Calls code of the reader's, and returns what it returns.
///
/// `at` names what it is given: "a text of 300 bytes", "the type -3".
///
/// # Panics
///
/// When the code does: "your function panics at ...", with what the panic says.
#[track_caller]
pub fn yours<T>(at: impl Display, call: impl FnOnce() -> T) -> T {
    match support::caught(call) {
        Ok(returned) => returned,
        Err(said) => panicked(at, &said),
    }
}

#[track_caller]
pub(crate) fn panicked(at: impl Display, said: &str) -> ! {
    panic!("your function panics at {at}: {said}")
}
