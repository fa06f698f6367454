// Find the bug: a receiver that checks a message, and uses another one.
//
// The message is in memory that a stranger can write, at any moment: also between your check and
// your use. A length that was fine when you looked may be four billion when you look again. And
// what was text a moment ago need not be.
//
// `Foreign` (in src/shared.rs) has `length`, `byte`, and `room`, which is yours.

use practice::Foreign;

/// Why a message is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refused {
    /// It says that it has so many bytes, and there is no room for them.
    TooLong(u64),
    /// It is not UTF-8.
    NotText,
}

/// Takes a text out of memory that a stranger can write.
///
/// Whatever the stranger writes, and whenever: no byte at `room` or beyond is looked at, nothing
/// panics, and what is returned is what was checked. A length above `room` is refused before any
/// byte is read, and named as it was when it was checked.
fn text(message: &impl Foreign) -> Result<String, Refused> {
    // TODO: how often do you look at each of them? And what if it is something else the next time?
    if message.length() > message.room() as u64 {
        return Err(Refused::TooLong(message.length()));
    }
    let bytes: Vec<u8> = (0..message.length() as usize).map(|place| message.byte(place)).collect();
    if String::from_utf8(bytes).is_err() {
        return Err(Refused::NotText);
    }
    let bytes: Vec<u8> = (0..message.length() as usize).map(|place| message.byte(place)).collect();
    Ok(String::from_utf8(bytes).unwrap_or_default())
}

fn main() {
    let slot = *b"hello\xff..";
    for length in [5, 6, 9] {
        println!("{length} bytes: {:?}", text(&(length, &slot[..])));
    }
}

#[cfg(test)]
#[path = "../../checks/16_shared_memory/memory_copy_once.rs"]
mod tests; // the functions marked #[test]
