//! A message that has been received.

use std::fmt;

use ch03_structure::{Envelope, MessageType};

// ANCHOR: message
/// A message, where the receiver has put it: valid until the receiver's next call.
#[derive(Clone, Copy)]
pub struct Message<'receiver> {
    envelope: &'receiver Envelope,
}

impl<'receiver> Message<'receiver> {
    /// Its type.
    #[must_use]
    pub fn message_type(self) -> MessageType {
        self.envelope.message_type()
    }

    /// Its bytes: all that were sent, whatever they mean.
    #[must_use]
    pub fn bytes(self) -> &'receiver [u8] {
        self.envelope.bytes()
    }

    /// Its bytes up to the first NUL, or all of them if there is none.
    ///
    /// What C programs mean by the text of a message. That a NUL is there is a promise of the
    /// sender, not of the kernel.
    #[must_use]
    pub fn text(self) -> &'receiver [u8] {
        let bytes = self.bytes();
        let end = bytes.iter().position(|byte| *byte == 0);
        &bytes[..end.unwrap_or(bytes.len())]
    }
}
// ANCHOR_END: message

impl<'receiver> From<&'receiver Envelope> for Message<'receiver> {
    /// The message in this envelope, for who receives into one of their own.
    fn from(envelope: &'receiver Envelope) -> Message<'receiver> {
        Message { envelope }
    }
}

impl fmt::Debug for Message<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("message_type", &self.message_type().raw())
            .field("bytes", &format_args!("\"{}\"", self.bytes().escape_ascii()))
            .finish()
    }
}
