// Use the types: a line that a person types becomes a message in an envelope.
//
// The number of the type comes from the command line, where people type what they like.

use std::ffi::c_long;

use ch03_structure::{Envelope, MessageType};

/// Fills the envelope with a message of this type: the line and a NUL.
///
/// A number that cannot be a type is returned as the error, and the envelope stays as it was. The
/// envelope has room enough and is used again for every line: no new one is made.
fn prepare(envelope: &mut Envelope, number: c_long, line: &str) -> Result<(), c_long> {
    // TODO: not every number is a type; and what do the two sides of this book promise about the
    // text?
    let message_type = MessageType::new(number).unwrap_or(MessageType::ONE);
    envelope.fill(message_type, line.as_bytes());
    Ok(())
}

fn main() {
    let mut envelope = Envelope::with_capacity(256);
    for (number, line) in [(1, "hello"), (0, "nobody"), (7, "a longer line")] {
        match prepare(&mut envelope, number, line) {
            Ok(()) => println!("{envelope:?}"),
            Err(number) => println!("{number} is not a type"),
        }
    }
}

#[cfg(test)]
#[path = "../../checks/03_structure/structure_envelope.rs"]
mod tests; // the functions marked #[test]
