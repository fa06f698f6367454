//! The structure that the chapter starts from: the one most C tutorials show.

use std::ffi::c_long;

// ANCHOR: document
/// `struct message { long type; char text[256]; }`, as C programs define it.
///
/// Sent whole, it is a message of 256 bytes however short the text is, and whatever the array held
/// before goes with it. It is here to be compared with the [`Envelope`](crate::Envelope), and for
/// the tests that talk to C programs.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct DocumentMessage {
    /// The type, at least 1.
    pub message_type: c_long,
    /// The text, a NUL byte after it, and then whatever was there.
    pub text: [u8; 256],
}
// ANCHOR_END: document

impl DocumentMessage {
    /// The text up to the first NUL, or all 256 bytes if there is none.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        let end = self.text.iter().position(|byte| *byte == 0);
        &self.text[..end.unwrap_or(self.text.len())]
    }

    // ANCHOR: set-text
    /// Copies a text in, and a NUL after it, as C's `strcpy` does: the rest stays as it was.
    ///
    /// # Panics
    ///
    /// If the text has more than 255 bytes.
    pub fn set_text(&mut self, text: &[u8]) {
        self.text[..text.len()].copy_from_slice(text);
        self.text[text.len()] = 0;
    }
    // ANCHOR_END: set-text
}
