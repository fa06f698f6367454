use std::ffi::c_long;

/// The message in memory: its type, then the text, then a NUL.
fn message(message_type: c_long, text: &str) -> Vec<u8> {
    let mut memory = message_type.to_ne_bytes().to_vec();
    memory.extend(text.as_bytes());
    memory.push(0);
    memory
}

/// The size to pass to msgsnd for such memory.
fn msgsz(memory: &[u8]) -> usize {
    memory.len() - size_of::<c_long>()
}

fn main() {
    let memory = message(1, "hello");
    println!("in memory: {memory:02x?}");
    println!("msgsz:     {}", msgsz(&memory));
}

#[cfg(test)]
#[path = "../../checks/03_structure/structure_bytes.rs"]
mod tests; // the functions marked #[test]
