use super::*;
use practice::edges;

#[path = "memory_copy_once/stranger.rs"]
mod stranger;
use stranger::Stranger;

/// Room for the longest text of the table, and a byte more.
const ROOM: usize = 301;

#[test]
fn text_is_returned_as_it_is() {
    let mark = ("a byte order mark".to_owned(), "\u{feff}text".to_owned());
    for (what, due) in edges::texts().into_iter().chain([mark]) {
        let length = due.len() as u64;
        let stranger = Stranger { later: b'?', ..Stranger::with(ROOM, &[length], due.as_bytes()) };
        let returned = stranger.ask("a text");
        assert!(
            returned.is_ok(),
            "a text with {what} is there, which is UTF-8 and fits, and you return {returned:?}"
        );
        assert!(
            returned.as_ref() == Ok(&due) || stranger.looks.borrow().iter().any(|looks| *looks > 1),
            "a text with {what} is there, and you return another one, of {} bytes in place of {length}",
            returned.map_or(0, |text| text.len())
        );
    }
}

#[test]
fn length_is_looked_at_once() {
    // The second look finds something else, or the third, or the fourth.
    for lengths in
        [&[5, 9][..], &[5, 5, 9], &[5, 5, 5, 9], &[5, u64::MAX], &[5, 5, u64::MAX], &[5, 0]]
    {
        let stranger = Stranger { later: b'!', ..Stranger::with(8, lengths, b"hello") };
        let returned = stranger.ask("a length that changes after you have looked");
        let looks = stranger.length_looks.get();
        assert!(
            looks == 1,
            "you look at the length {looks} times: the first time it was 5, which was checked, and then it can \
             be anything; you return {returned:?}"
        );
    }
    let stranger = Stranger::with(8, &[9, 5], b"hello");
    let returned = stranger.ask("a length that is too large");
    assert!(
        returned != Err(Refused::TooLong(5)),
        "the length was 9 when you refused it, and you say that it was 5: you have looked once more"
    );
}

#[test]
fn what_is_returned_is_what_was_checked() {
    let cases = [("not UTF-8 any more", 0xff), ("another text", b'X'), ("a NUL", 0)];
    for (what, later) in cases {
        let stranger = Stranger { later, ..Stranger::with(8, &[5], b"hello") };
        let returned = stranger.ask("bytes that change after you have looked");
        let twice = stranger.looks.borrow().iter().any(|looks| *looks > 1);
        assert!(
            !twice,
            "you look at a byte twice, and the second time it is {what}: check your copy, and return that; you \
             return {returned:?}"
        );
    }
}

/// Whether a text comes out at all; another test says it if not.
fn takes_text() -> bool {
    let looks_once = || {
        let returned = Stranger::with(8, &[5], b"hello").ask("a text");
        assert!(returned == Ok("hello".to_owned()), "that is for another test");
    };
    practice::failure(text_is_returned_as_it_is).or(practice::failure(looks_once)).is_none()
}

#[test]
fn length_beyond_the_room_is_refused() {
    if !takes_text() {
        return;
    }
    let wide = [1 << 31, 1 << 32, (1 << 32) + 5, 1 << 63, u64::MAX - 1, u64::MAX];
    for length in [9, 10, 16, 255, 261, 65_541].into_iter().chain(wide) {
        let stranger = Stranger::with(8, &[length], b"hello");
        let returned = stranger.ask("a length that is too large");
        let looks: usize = stranger.looks.borrow().iter().sum();
        assert!(
            returned.is_err(),
            "the length is {length}, there is room for 8, and you go on and return {returned:?}: refuse it, and trust \
             nothing else of it"
        );
        assert!(
            returned == Err(Refused::TooLong(length)),
            "the length is {length}, there is room for 8, and you return {returned:?}"
        );
        assert!(
            looks == 0,
            "the length is {length}, there is room for 8, and you look at {looks} bytes before you refuse it"
        );
    }
    for room in [0, 1, 8] {
        let stranger = Stranger::with(room, &[room as u64], b"hello wo");
        let returned = stranger.ask("a text that fills its room");
        assert!(
            returned.is_ok(),
            "the length is {room}, and there is room for {room}, and you return {returned:?}"
        );
    }
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    if !takes_text() {
        return;
    }
    for bytes in [&b"Gr\xfc\xdfe"[..], b"Gr\xc3", b"\xff", b"\xed\xa0\x80", b"hello\x80"] {
        let stranger = Stranger::with(8, &[bytes.len() as u64], bytes);
        let returned = stranger.ask("bytes that are not UTF-8");
        assert!(
            returned == Err(Refused::NotText),
            "{:?} is not UTF-8, and you return {returned:?}: it would be another text than the one that was sent",
            bytes.escape_ascii().to_string()
        );
    }
    // What comes after the message does not belong to it.
    let stranger = Stranger::with(8, &[5], b"hello\xff\xff\xff");
    let returned = stranger.ask("bytes after the text");
    assert!(
        returned == Ok("hello".to_owned()),
        "`hello` is there, of 5 bytes, and something else after it, and you return {returned:?}"
    );
}
