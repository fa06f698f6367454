//! What a panic says, and which panics are not for the screen.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use crate::watch::Watch;

thread_local! {
    static EXPECTED: Cell<bool> = const { Cell::new(false) };
}

/// Runs `body`; an error if it panics, with what it says. The screen does not show it.
///
/// For tests of tests, and for a program that makes an error of its own of it.
///
/// # Errors
///
/// The message of the panic.
pub fn caught<T>(body: impl FnOnce() -> T) -> Result<T, String> {
    install_hook();
    let before = EXPECTED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(body));
    EXPECTED.set(before);
    result.map_err(|panic| message(&*panic).to_owned())
}

/// What a panic says.
pub(crate) fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("nothing")
}

/// From now on a panic is silent where it is expected, and where the end of a test's time made it.
pub(crate) fn install_hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| {
            let silent = || Watch::current().is_some_and(|watch| watch.is_silent());
            if !EXPECTED.get() && !silent() {
                before(panic);
            }
        }));
    });
}
