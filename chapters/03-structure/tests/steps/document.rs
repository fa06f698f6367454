//! The structure of the C tutorials: a type and 256 bytes, always sent whole.

use std::ffi::c_long;
use std::mem::offset_of;

use ch03_structure::{DocumentMessage, Envelope, MessageType};
use nix::errno::Errno;

use crate::raw::{self, Plain};

// SAFETY: `repr(C)`, a `c_long` first; 256 is a multiple of its alignment, so there is no padding.
unsafe impl Plain for DocumentMessage {}

fn empty() -> DocumentMessage {
    DocumentMessage { message_type: 1, text: [0; 256] }
}

#[test]
fn structure_is_laid_out_as_in_c() {
    assert_eq!(offset_of!(DocumentMessage, message_type), 0);
    assert_eq!(offset_of!(DocumentMessage, text), size_of::<c_long>());
    assert_eq!(size_of::<DocumentMessage>(), size_of::<c_long>() + 256);
}

#[test]
fn short_text_carries_the_rest_of_the_long_one_before_it() {
    support::alone(|room| {
        let id = raw::queue(room);
        let mut message = empty();
        // Without the newline "hi" hides 3 of the 14 bytes, its NUL included; as typed, 4.
        for (text, rest) in [(&b"hi"[..], &b"sword=tulip"[..]), (b"hi\n", b"word=tulip")] {
            message.set_text(b"password=tulip");
            assert_eq!(message.text().len(), 14);
            message.set_text(text);
            raw::send(id, &message, 256).expect("there is room");

            let mut received = empty();
            assert_eq!(raw::receive(id, &mut received, 256), Ok(256));
            assert_eq!(received.text(), text);
            let behind = &received.text[text.len() + 1..];
            assert!(behind.starts_with(rest), "{}", behind[..20].escape_ascii());
            assert_eq!(text.len() + 1 + rest.len(), 14);
        }
        room.remove(id);
    });
}

#[test]
fn envelope_carries_nothing_of_the_message_before() {
    support::alone(|room| {
        let id = raw::queue(room);
        let mut envelope = Envelope::new();
        envelope.fill(MessageType::ONE, b"a secret text\0");
        envelope.fill(MessageType::ONE, b"hi\0");
        raw::send_envelope(id, &envelope).expect("there is room");
        let mut received = empty();
        assert_eq!(raw::receive(id, &mut received, 256), Ok(3));
        assert_eq!(received.text[..2], *b"hi");
        assert_eq!(received.text[2..], [0; 254]);
        room.remove(id);
    });
}

#[test]
fn queue_is_full_after_64_structures() {
    support::in_namespace(|room| {
        let id = raw::queue(room);
        let sent = (0..100).take_while(|_| raw::send(id, &empty(), 256).is_ok());
        assert_eq!(sent.count(), 64);
        assert_eq!(raw::send(id, &empty(), 256), Err(Errno::EAGAIN));
        room.remove(id);
    });
}

#[test]
fn text_ends_at_the_first_nul_or_at_the_end() {
    let mut message = empty();
    assert_eq!(message.text(), b"");
    message.set_text(b"one");
    assert_eq!(message.text(), b"one");
    message.text = [b'x'; 256];
    assert_eq!(message.text(), [b'x'; 256]);
}

#[test]
fn longest_text_has_255_bytes() {
    let mut message = empty();
    message.set_text(&[b'x'; 255]);
    assert_eq!(message.text().len(), 255);
}

#[test]
#[should_panic(expected = "out of bounds")]
fn text_of_256_bytes_leaves_no_room_for_its_nul() {
    empty().set_text(&[b'x'; 256]);
}
