// Find the bug: a SAFETY comment that is not true.
//
// A program that Rust cannot check is only as correct as its proof. This one sees words as bytes,
// and says why it may. Mend the code and the comment.

use std::ffi::c_long;
use std::slice;

/// The first `len` bytes of a message.
///
/// `words` is the memory of the whole message: one word for its type, then words that hold its
/// bytes. `None` if there is no word for the type, or if the message has fewer bytes than
/// `len`.
fn bytes(words: &[c_long], len: usize) -> Option<&[u8]> {
    // TODO: check the proof. What does from_raw_parts demand, and is it so for every `len`?
    // SAFETY: `words` is a slice of integers, which have no padding, so the `len` bytes behind its
    // pointer are initialised and ours to read.
    Some(unsafe { slice::from_raw_parts(words.as_ptr().cast(), len) })
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
