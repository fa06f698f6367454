//! Bytes at the edge of a text that nobody sees and nobody meant, most likely.

use std::mem;

/// Which of them the user has been told of.
#[derive(Default)]
pub(super) struct Oddities {
    carriage_return: bool,
    byte_order_mark: bool,
}

impl Oddities {
    /// What is odd about a text and has not been said before.
    pub(super) fn new_in(&mut self, text: &[u8]) -> Vec<&'static str> {
        let mut news = Vec::new();
        if text.ends_with(b"\r") && !mem::replace(&mut self.carriage_return, true) {
            news.push(
                "ends with a carriage return (\\r), which was sent with it; a file whose lines all do comes from Windows, and tr -d '\\r' removes them",
            );
        }
        if text.starts_with("\u{feff}".as_bytes()) && !mem::replace(&mut self.byte_order_mark, true)
        {
            news.push(
                "begins with a byte order mark (\\u{feff}), which was sent with it; save the file as UTF-8 without one",
            );
        }
        news
    }
}
