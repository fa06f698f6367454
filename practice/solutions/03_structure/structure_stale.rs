use ch03_structure::DocumentMessage;

/// Puts a text into the message, and returns the bytes of it that must be sent: the text and a NUL.
///
/// `None`, if the two do not fit; the message stays as it was.
fn written<'a>(message: &'a mut DocumentMessage, text: &[u8]) -> Option<&'a [u8]> {
    if text.len() >= message.text.len() {
        return None;
    }
    message.set_text(text);
    Some(&message.text[..=text.len()])
}

fn main() {
    let mut message = DocumentMessage { message_type: 1, text: [0; 256] };
    for text in ["a password", "hi"] {
        let bytes = written(&mut message, text.as_bytes()).unwrap_or_default();
        println!("{} bytes are sent: {:.40}", bytes.len(), bytes.escape_ascii().to_string());
    }
}

#[cfg(test)]
#[path = "../../checks/03_structure/structure_stale.rs"]
mod tests; // the functions marked #[test]
