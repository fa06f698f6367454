//! Predict, then check: a question has an answer, and the kernel has the last word.

use std::fmt::Debug;

/// Compares a prediction with what has happened.
///
/// # Panics
///
/// When there is no prediction yet, and when it is wrong; then with `why` it is.
#[track_caller]
pub fn check<T: Copy + Debug + PartialEq>(question: &str, answer: Option<T>, truth: T, why: &str) {
    let Some(answer) = answer else {
        panic!(
            "{question}: still open. Decide first, then write Some(...): being wrong is how you learn here"
        );
    };
    assert!(answer == truth, "{question}: you predicted {answer:?}, and it was {truth:?}. {why}");
}
