//! Text from strangers, made fit for a terminal.

// ANCHOR: escape
/// Appends `text` so that it stays on one line and cannot drive the terminal.
///
/// Control characters, separators of lines and marks that change the direction of writing appear
/// as `\n` or `\u{1b}`, bytes that are not UTF-8 as `\xff`. All else stays as it is, a backslash too.
pub(super) fn escape(text: &[u8], into: &mut Vec<u8>) {
    if text.iter().all(|byte| (b' '..=b'~').contains(byte)) {
        into.extend_from_slice(text);
        return;
    }
    for chunk in text.utf8_chunks() {
        for character in chunk.valid().chars() {
            if is_unruly(character) {
                into.extend(character.escape_default().map(|ascii| ascii as u8));
            } else {
                into.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
        into.extend(chunk.invalid().escape_ascii());
    }
}

fn is_unruly(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{2028}' | '\u{2029}'      // separators of lines and paragraphs
            | '\u{200e}' | '\u{200f}' | '\u{61c}' // direction marks
            | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' // embeddings and overrides
        )
}
// ANCHOR_END: escape

#[cfg(test)]
mod tests {
    use super::escape;

    fn escaped(text: &[u8]) -> String {
        let mut line = Vec::new();
        escape(text, &mut line);
        String::from_utf8(line).expect("what goes to the terminal is UTF-8")
    }

    #[test]
    fn plain_text_stays_as_it_is() {
        assert_eq!(escaped(b"C:\\dir \"quoted\" ~"), "C:\\dir \"quoted\" ~");
        assert_eq!(escaped("grüße, 你好 🎉".as_bytes()), "grüße, 你好 🎉");
    }

    #[test]
    fn control_characters_are_shown_and_not_obeyed() {
        assert_eq!(escaped(b"\x1b[2Jgone"), "\\u{1b}[2Jgone");
        assert_eq!(
            escaped(b"two\nlines\r\ttab\x7f"),
            "two\\nlines\\r\\ttab\\u{7f}"
        );
        assert_eq!(escaped("\u{9b}31m".as_bytes()), "\\u{9b}31m");
    }

    #[test]
    fn nothing_starts_a_new_line_or_turns_the_writing_around() {
        assert_eq!(
            escaped("a\u{2028}b\u{85}c".as_bytes()),
            "a\\u{2028}b\\u{85}c"
        );
        assert_eq!(escaped("\u{202e}evil".as_bytes()), "\\u{202e}evil");
    }

    #[test]
    fn bytes_that_are_not_utf8_are_named() {
        assert_eq!(escaped(b"caf\xe9 \xff\xfe"), "caf\\xe9 \\xff\\xfe");
        assert_eq!(escaped(b"\xf0\x9f\x8e"), "\\xf0\\x9f\\x8e");
    }
}
