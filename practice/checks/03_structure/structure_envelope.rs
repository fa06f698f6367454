use super::*;
use practice::edges::{self, wide_numbers};
use practice::yours;

/// Every edge of a C long.
fn numbers() -> impl Iterator<Item = c_long> {
    let more = [c_long::MIN, c_long::MIN + 1, c_long::MAX, 7, -3];
    wide_numbers().into_iter().flat_map(c_long::try_from).chain(more)
}

fn ask(envelope: &mut Envelope, number: c_long, what: &str, line: &str) -> Result<(), c_long> {
    let at = format!(
        "the type {number} and a line with {what} (a person typed it, and deserves an answer)"
    );
    yours(at, || prepare(envelope, number, line))
}

#[test]
fn number_that_is_not_a_type_is_refused() {
    for number in numbers().filter(|number| *number <= 0) {
        let mut envelope = Envelope::with_capacity(256);
        let before = MessageType::new(9).expect("9 is a type");
        envelope.fill(before, b"before\0");
        let result = ask(&mut envelope, number, "5 bytes", "hello");
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
        assert!(
            result == Err(number),
            "the error must be the number that was refused, {number}, so that it can be shown: yours is \
             {result:?}"
        );
        assert!(
            !envelope.is_empty(),
            "you refuse the type {number}, and what was in the envelope is gone: ask before you empty it"
        );
        assert!(
            envelope.bytes() == b"before\0" && envelope.message_type() == before,
            "you refuse the type {number}, and have changed the envelope all the same: ask first"
        );
    }
}

#[test]
fn every_type_is_inside() {
    let mut envelope = Envelope::with_capacity(256);
    for number in numbers().filter(|number| *number > 0) {
        assert!(
            ask(&mut envelope, number, "5 bytes", "hello").is_ok(),
            "{number} is a good type, and you refuse it"
        );
        let inside = envelope.message_type().raw();
        assert!(
            inside == number,
            "type {number} was asked for, and the envelope has type {inside}"
        );
    }
}

#[test]
fn line_and_nul_are_inside() {
    let mut envelope = Envelope::with_capacity(8192);
    let mut lines = edges::texts();
    lines.insert(0, ("21 bytes".to_owned(), "a line of some length".to_owned()));
    lines.push(("8191 bytes".to_owned(), "x".repeat(8191)));
    for (what, line) in lines {
        let right = format!("{line}\0");
        assert!(
            ask(&mut envelope, 1, &what, &line).is_ok(),
            "1 is a good type, and you refuse it, with a line with {what}"
        );
        assert!(
            envelope.len() <= right.len() + 1,
            "the message has {} bytes, and the line with its NUL {}: fill takes no more than must \
             be sent",
            envelope.len(),
            right.len()
        );
        assert!(
            envelope.bytes() != line.as_bytes(),
            "the NUL is missing that the two sides have promised each other"
        );
        assert!(
            envelope.bytes() == right.as_bytes(),
            "a line with {what} is not inside as it was typed, with a NUL after it: \"{}\" is inside in \
             place of \"{}\"",
            envelope.bytes().escape_ascii(),
            right.as_bytes().escape_ascii()
        );
    }
}

#[test]
fn envelope_is_used_again() {
    for capacity in [256, 1000] {
        let mut envelope = Envelope::with_capacity(capacity);
        let (room, memory) = (envelope.capacity(), envelope.as_ptr());
        for (number, line) in [(1, "hello"), (0, "nobody"), (7, "a longer line")] {
            // A refusal is not what this test is about.
            let _ = ask(&mut envelope, number, "some bytes", line);
            assert!(
                envelope.capacity() == room,
                "the envelope had room for {room} bytes, and now it has room for {}: you have put a new \
                 one in its place, which costs an allocation for every line",
                envelope.capacity()
            );
            assert!(
                envelope.as_ptr() == memory,
                "the envelope has as much room as before, and at another place: it is a new one, which \
                 costs an allocation for every line"
            );
        }
    }
}
