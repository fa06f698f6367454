//! Panics that are not for the screen: those of tests that are tested, and those that follow the end of a test's time.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use crate::alone::is_over;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// From now on a panic is silent where it is somebody's result, or comes after the end of the test's time.
pub(crate) fn prepare() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| {
            if !QUIET.get() && !is_over() {
                before(panic);
            }
        }));
    });
}

/// Runs a test; `None` if it passes, and otherwise what it fails with.
pub fn failure(test: impl FnOnce()) -> Option<String> {
    prepare();
    QUIET.set(true);
    let result = catch_unwind(AssertUnwindSafe(test));
    QUIET.set(false);
    let panic = result.err()?;
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    Some(text.unwrap_or("no words").to_owned())
}
