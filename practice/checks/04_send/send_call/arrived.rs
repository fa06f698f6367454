//! What arrives when your function sends something.

use super::*;
use practice::yours;

const WORD: usize = size_of::<c_long>();

/// The bytes that arrive when your function sends these.
#[track_caller]
pub(super) fn arrived(id: c_int, message_type: c_long, what: &str, bytes: &[u8]) -> Vec<u8> {
    let envelope = envelope(message_type, bytes);
    let sent = yours(what, || send(id, &envelope, false));
    assert!(
        sent.is_ok(),
        "the queue is empty, and you return {sent:?} for {what}: is the queue's id the first \
         argument, and is the size more than the message has?"
    );
    let Some(arrived) = practice::receive(id) else {
        panic!(
            "you return Ok for {what}, and nothing is in the queue: either msgsnd has not been \
             called, or for another queue than `id`"
        );
    };
    let begin = bytes.first_chunk().map(|word| c_long::from_ne_bytes(*word));
    assert!(
        Some(arrived.message_type) != begin,
        "the kernel took your text for the type: the pointer is to the begin of the message, \
         where the type is"
    );
    assert!(
        arrived.message_type == message_type,
        "the message in the envelope has the type {message_type}, and you sent it with the type {}: \
         the type is part of the message",
        arrived.message_type
    );
    let (yours, right) = (arrived.bytes.len(), bytes.len());
    assert!(
        !(right - usize::from(bytes.ends_with(b"\0")) + WORD..=right + WORD).contains(&yours),
        "the kernel was told to send {WORD} bytes too many: does your size count the message type?"
    );
    assert!(
        yours <= right || yours != envelope.capacity(),
        "all the room in the envelope was sent, {yours} bytes, and the message has {right}: \
         what was there before goes with it"
    );
    assert!(
        practice::receive(id).is_none(),
        "one message was to be sent, and you sent another one after it"
    );
    arrived.bytes
}
