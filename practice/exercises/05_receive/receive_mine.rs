// Use the types: one queue for a whole house, and the type of a message is the number of the flat.
//
// In this version everybody takes the letter that is on top, waits if there is none, and believes
// that each ends with a NUL.

use ch03_structure::MessageType;
use ch05_receive::{Receiver, Select};

/// The text of the oldest letter for `me`, if there is one now. Never waits; letters for others
/// stay in the queue.
///
/// The text ends before the first NUL; if there is none, where the letter ends. What is not UTF-8
/// is replaced.
fn next_letter(receiver: &mut Receiver, me: MessageType) -> nix::Result<Option<String>> {
    // TODO: which letter, with which method, and where does its text end?
    println!("a letter for flat {}", me.raw());
    let letter = receiver.recv(Select::Any)?;
    let bytes = letter.bytes();
    let text = &bytes[..bytes.len().saturating_sub(1)];
    Ok(Some(String::from_utf8_lossy(text).into_owned()))
}

fn main() {
    practice::with_queue(&["hello\0"], |queue| {
        let letter = next_letter(&mut Receiver::new(queue), MessageType::ONE);
        println!("the letter: {letter:?}");
    });
}

#[cfg(test)]
#[path = "../../checks/05_receive/receive_mine.rs"]
mod tests; // the functions marked #[test]
