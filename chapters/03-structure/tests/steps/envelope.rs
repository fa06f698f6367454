//! The envelope: aligned, reused, never showing what it should not.

use std::ffi::c_long;

use ch03_structure::{Envelope, MessageType};
use nix::errno::Errno;

use crate::raw;

const LONG: usize = size_of::<c_long>();

fn seven() -> MessageType {
    MessageType::new(7).expect("7 is at least 1")
}

#[test]
fn envelope_contains_what_was_put_in() {
    let mut envelope = Envelope::new();
    for bytes in [&b""[..], b"x", b"hello\0", b"eight by", b"nine byte", &[0xff; 5000]] {
        envelope.fill(seven(), bytes);
        assert_eq!(envelope.message_type(), seven());
        assert_eq!(envelope.bytes(), bytes);
        assert_eq!(envelope.len(), bytes.len());
        assert_eq!(envelope.is_empty(), bytes.is_empty());
    }
}

#[test]
fn new_envelope_is_an_empty_message_of_type_1() {
    for envelope in [Envelope::new(), Envelope::default(), Envelope::with_capacity(100)] {
        assert_eq!(envelope.message_type(), MessageType::ONE);
        assert_eq!(envelope.bytes(), b"");
        assert!(envelope.is_empty());
    }
}

#[test]
fn message_is_aligned_for_its_type() {
    for bytes in 0..40 {
        let mut envelope = Envelope::with_capacity(bytes);
        assert!(envelope.as_ptr().cast::<c_long>().is_aligned());
        assert!(envelope.as_mut_ptr().cast::<c_long>().is_aligned());
    }
}

#[test]
fn bytes_immediately_follow_the_type() {
    let mut envelope = Envelope::new();
    envelope.fill(seven(), b"hello");
    let start = envelope.as_ptr().addr();
    assert_eq!(envelope.bytes().as_ptr().addr(), start + LONG);
}

#[test]
fn there_is_room_for_what_was_asked_for() {
    for bytes in 0..100 {
        let capacity = Envelope::with_capacity(bytes).capacity();
        assert!(capacity >= bytes, "{bytes} bytes do not fit in {capacity}");
        assert!(capacity < bytes + LONG, "{capacity} for {bytes} is a waste");
    }
}

#[test]
fn room_grows_and_what_is_inside_stays() {
    let mut envelope = Envelope::new();
    envelope.fill(seven(), b"hello");
    for bytes in [6, 17, 100, 10_000] {
        envelope.reserve(bytes);
        assert!(envelope.capacity() >= bytes);
        assert_eq!((envelope.message_type(), envelope.bytes()), (seven(), &b"hello"[..]));
    }
    envelope.reserve(1);
    assert!(envelope.capacity() >= 10_000, "it does not shrink");
}

#[test]
fn filling_again_uses_the_same_memory() {
    let mut envelope = Envelope::new();
    envelope.fill(seven(), &[1; 100]);
    let (memory, capacity) = (envelope.as_ptr(), envelope.capacity());
    for bytes in (0..=100).rev() {
        envelope.fill(MessageType::ONE, &vec![2; bytes]);
        assert_eq!((envelope.as_ptr(), envelope.capacity()), (memory, capacity));
    }
}

#[test]
fn shorter_message_shows_nothing_of_the_longer_one_before() {
    let mut envelope = Envelope::new();
    envelope.fill(seven(), b"a secret text");
    envelope.fill(seven(), b"hi");
    assert_eq!(envelope.bytes(), b"hi");
    assert_eq!(envelope.clone().bytes(), b"hi");
    let shown = format!("{envelope:?}");
    assert!(!shown.contains("secret"), "{shown}");
}

#[test]
fn debug_shows_the_type_and_the_bytes_escaped() {
    let mut envelope = Envelope::new();
    envelope.fill(seven(), b"a\"\x1b\0");
    let shown = format!("{envelope:?}");
    assert_eq!(shown, r#"Envelope { message_type: 7, bytes: "a\"\x1b\x00" }"#);
}

#[test]
fn message_received_is_what_the_kernel_wrote() {
    support::alone(|room| {
        let id = raw::queue(room);
        let mut sent = Envelope::new();
        sent.fill(seven(), b"seventeen letters");
        raw::send_envelope(id, &sent).expect("there is room");

        let mut received = Envelope::with_capacity(17);
        raw::receive_envelope(id, &mut received).expect("it fits");
        assert_eq!(
            (received.message_type(), received.bytes()),
            (seven(), &b"seventeen letters"[..])
        );
        room.remove(id);
    });
}

#[test]
fn message_that_does_not_fit_is_not_received() {
    support::alone(|room| {
        let id = raw::queue(room);
        let mut sent = Envelope::new();
        sent.fill(seven(), &[b'x'; 17]);
        raw::send_envelope(id, &sent).expect("there is room");
        let mut small = Envelope::with_capacity(16);
        assert_eq!(small.capacity(), 16);
        assert_eq!(raw::receive_envelope(id, &mut small), Err(Errno::E2BIG));
        room.remove(id);
    });
}

#[test]
fn whole_room_can_be_received_into() {
    let mut envelope = Envelope::with_capacity(16);
    envelope.set_received(16);
    assert_eq!(envelope.bytes(), [0; 16], "initialised from the start");
}

#[test]
#[should_panic(expected = "a message of 17 bytes in an envelope for 16")]
fn more_than_there_is_room_for_cannot_have_been_received() {
    Envelope::with_capacity(16).set_received(17);
}
