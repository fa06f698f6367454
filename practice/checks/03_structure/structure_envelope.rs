use super::*;
use std::panic::{AssertUnwindSafe, catch_unwind};

#[test]
fn number_that_is_no_type_is_refused() {
    for number in [0, -3, c_long::MIN] {
        let mut envelope = Envelope::with_capacity(256);
        envelope.fill(MessageType::ONE, b"before\0");
        let result = catch_unwind(AssertUnwindSafe(|| prepare(&mut envelope, number, "hello")));
        let Ok(result) = result else {
            panic!("you panic at the type {number}: a person typed it, and deserves an answer");
        };
        let inside = envelope.message_type().raw();
        assert!(
            result.is_err() || number == 0 || inside != number.wrapping_abs(),
            "type {number} has become type {inside}: a receiver that waits for {inside} gets what \
             was not meant for it"
        );
        assert!(
            result.is_err(),
            "type {number} is not refused, and has quietly become type {inside}"
        );
        assert_eq!(
            result,
            Err(number),
            "the error is to be the number that was refused, so that it can be told"
        );
        assert_eq!(
            envelope.bytes(),
            b"before\0",
            "you refuse the type {number}, and have changed the envelope all the same: ask first"
        );
    }
}

#[test]
fn line_and_nul_are_inside() {
    let mut envelope = Envelope::with_capacity(256);
    for (number, line) in [
        (1, "a line of some length"),
        (7, "hello"),
        (c_long::MAX, ""),
    ] {
        let right = format!("{line}\0");
        if prepare(&mut envelope, number, line).is_err() {
            panic!("{number} is a good type, and you refuse it");
        }
        assert_eq!(
            envelope.message_type().raw(),
            number,
            "the envelope has another type than was asked for"
        );
        assert!(
            envelope.len() <= right.len(),
            "the message has {} bytes, and the line with its NUL {}: fill takes no more than is to \
             be sent",
            envelope.len(),
            right.len()
        );
        assert!(
            envelope.bytes().ends_with(b"\0"),
            "the NUL is missing that the two sides have promised each other"
        );
        assert_eq!(envelope.bytes(), right.as_bytes(), "the line is not inside");
    }
}

#[test]
fn envelope_is_used_again() {
    let mut envelope = Envelope::with_capacity(256);
    let (room, memory) = (envelope.capacity(), envelope.as_ptr());
    // A refusal is not what this test is about.
    let _ = prepare(&mut envelope, 1, "hello");
    assert!(
        envelope.capacity() == room,
        "the envelope had room for {room} bytes, and now it has room for {}: you have put a new one in its place, \
         which costs an allocation for every line",
        envelope.capacity()
    );
    assert!(
        envelope.as_ptr() == memory,
        "the envelope has as much room as before, and at another place: it is a new one, which costs an allocation \
         for every line"
    );
}
