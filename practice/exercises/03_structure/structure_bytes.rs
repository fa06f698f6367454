// Write what the kernel reads: the type, a C `long`, immediately followed by a text and a NUL.
//
// The tests hand the memory that you have laid out to msgsnd, with the size that you give. Your
// memory is followed by bytes that are somebody else's.

use std::ffi::c_long;

/// The message in memory: its type, then the text, then a NUL.
fn message(message_type: c_long, text: &str) -> Vec<u8> {
    // TODO: the type is missing, and one byte at the end.
    println!("type {message_type} must come first");
    text.as_bytes().to_vec()
}

/// The size to pass to msgsnd for such memory.
fn msgsz(memory: &[u8]) -> usize {
    // TODO: what does the size count?
    memory.len()
}

fn main() {
    let memory = message(1, "hello");
    println!("in memory: {memory:02x?}");
    println!("msgsz:     {}", msgsz(&memory));
}

#[cfg(test)]
#[path = "../../checks/03_structure/structure_bytes.rs"]
mod tests; // the functions marked #[test]
