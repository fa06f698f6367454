use std::ffi::c_long;
use std::slice;

/// The first `len` bytes of a message.
///
/// `words` is the memory of the whole message: one word for its type, then words that hold its
/// bytes. `None` if there is no word for the type, or if the message has fewer bytes than
/// `len`.
fn bytes(words: &[c_long], len: usize) -> Option<&[u8]> {
    let body = words.get(1..)?;
    if len > size_of_val(body) {
        return None;
    }
    // SAFETY: `body` is a slice of integers, so its pointer is neither null nor misaligned for
    // `u8`, and `size_of_val(body)` bytes behind it lie in one allocation. `len` is no more than
    // that. Integers have no padding: all the bytes are initialised. They are borrowed as long as
    // `words` is, so nobody changes them meanwhile.
    Some(unsafe { slice::from_raw_parts(body.as_ptr().cast(), len) })
}

fn main() {
    let words = [1, c_long::from_ne_bytes([b'a'; size_of::<c_long>()])];
    println!("the message begins with {:?}", bytes(&words, 4));
    println!(
        "A test looks at your SAFETY comment, and only you can read it: is each sentence true, for every `len`?"
    );
}

#[cfg(test)]
#[path = "../../checks/03_structure/structure_safety.rs"]
mod tests; // the functions marked #[test]
