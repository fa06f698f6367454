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
    let length = message.length();
    let fits = usize::try_from(length).ok().filter(|length| *length <= message.room());
    let length = fits.ok_or(Refused::TooLong(length))?;
    let bytes: Vec<u8> = (0..length).map(|place| message.byte(place)).collect();
    String::from_utf8(bytes).map_err(|_| Refused::NotText)
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
