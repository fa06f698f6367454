//! What a program does with a message that it has taken and cannot print. (Chapter 6's has it too.)

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::{Sender, explain};

/// Sends the message to its queue again, if there is room; the answer names it in any case.
pub(crate) fn put_back(queue: Queue, message_type: MessageType, bytes: &[u8]) -> String {
    let fate = match Sender::new(queue).try_send(message_type, bytes) {
        Ok(()) => "it is in the queue again, as the newest".to_owned(),
        Err(errno) => format!("it cannot be put back, {} ({errno:?})", explain(errno)),
    };
    format!(
        "the message that was taken is type {message_type}: \"{}\"; {fate}",
        bytes.escape_ascii()
    )
}
