//! Text from strangers, made fit for a terminal.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use super::character::Look;
use super::locale;

// ANCHOR: escape
/// Appends `text` so that it stays on one line, cannot drive the terminal, and hides nothing.
///
/// What does not show, or shows as something else, appears as `\n` or `\u{1b}`, bytes that are not
/// UTF-8 as `\xff`; so does a space at the end. All else stays as it is, a backslash too.
///
/// The price is that some honest text is harder to read: emoji joined to one picture, and scripts
/// that need joiners, come with their joiners spelt out.
pub fn escape(text: &[u8], into: &mut Vec<u8>) {
    let (text, space) = match text {
        [text @ .., b' '] => (text, br"\u{20}".as_slice()),
        text => (text, b"".as_slice()),
    };
    if text.iter().all(|byte| (b' '..=b'~').contains(byte)) {
        into.extend_from_slice(text);
    } else {
        escape_for(locale::is_utf8(), text, into);
    }
    into.extend_from_slice(space);
}

fn escape_for(utf8_terminal: bool, text: &[u8], into: &mut Vec<u8>) {
    // How many more marks the character before can carry.
    let mut marks = 0_usize;
    for chunk in text.utf8_chunks() {
        for character in chunk.valid().chars() {
            let shown = match Look::of(character) {
                _ if !utf8_terminal && !character.is_ascii() => None,
                Look::Visible => Some(MOST_MARKS),
                Look::Mark => marks.checked_sub(1),
                Look::Hidden => None,
            };
            match shown {
                Some(_) => into.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
                None => into.extend(character.escape_default().map(|ascii| ascii as u8)),
            }
            marks = shown.unwrap_or(0);
        }
        if !chunk.invalid().is_empty() {
            into.extend(chunk.invalid().escape_ascii());
            marks = 0;
        }
    }
}

/// Languages need four or five; hundreds would paint over the lines around.
const MOST_MARKS: usize = 5;
// ANCHOR_END: escape

/// The same for a text in a sentence of ours.
pub(super) fn escaped(text: impl AsRef<OsStr>) -> String {
    let mut escaped = Vec::new();
    escape_for(locale::is_utf8(), text.as_ref().as_bytes(), &mut escaped);
    String::from_utf8(escaped).expect("characters and their escapes are UTF-8")
}

#[cfg(test)]
mod tests {
    use super::{Look, MOST_MARKS, escape_for};

    fn escaped(text: &[u8]) -> String {
        escaped_for(true, text)
    }

    fn escaped_for(utf8_terminal: bool, text: &[u8]) -> String {
        let mut line = Vec::new();
        escape_for(utf8_terminal, text, &mut line);
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
        assert_eq!(escaped(b"two\nlines\r\ttab\x7f"), "two\\nlines\\r\\ttab\\u{7f}");
        assert_eq!(escaped("\u{9b}31m".as_bytes()), "\\u{9b}31m");
    }

    #[test]
    fn nothing_starts_a_new_line_or_turns_the_writing_around() {
        assert_eq!(escaped("a\u{2028}b\u{85}c".as_bytes()), "a\\u{2028}b\\u{85}c");
        assert_eq!(escaped("\u{202e}evil".as_bytes()), "\\u{202e}evil");
    }

    #[test]
    fn nothing_looks_like_exit_but_exit() {
        for hidden in ["\u{200b}", "\u{feff}", "\u{3164}", "\u{2800}", "\u{e0041}", "\u{a0}"] {
            for text in [format!("exit{hidden}"), format!("{hidden}exit")] {
                let shown = escaped(text.as_bytes());
                assert!(shown.is_ascii() && shown.contains("\\u{"), "{shown}");
            }
        }
    }

    #[test]
    fn no_character_of_unicode_shows_if_it_is_hidden() {
        let all: String = ('\0'..=char::MAX).flat_map(|character| ['a', character]).collect();
        let shown = escaped(all.as_bytes());
        assert!(shown.bytes().all(|byte| !byte.is_ascii_control()));
        let mut letters = shown.chars().filter(|character| !character.is_ascii());
        assert!(letters.all(|letter| Look::of(letter) != Look::Hidden));
        assert!(escaped_for(false, all.as_bytes()).is_ascii());
    }

    #[test]
    fn marks_are_limited_and_need_something_to_stand_on() {
        let accents = |number: usize| "\u{301}".repeat(number);
        let most = format!("a{}", accents(MOST_MARKS));
        assert_eq!(escaped(most.as_bytes()), most);
        let more = format!("{most}{}b{}", accents(2), accents(1));
        assert_eq!(escaped(more.as_bytes()), format!("{most}\\u{{301}}\\u{{301}}b\u{301}"));
        assert_eq!(escaped("\u{301}a".as_bytes()), "\\u{301}a");
        assert_eq!(escaped("\n\u{301}".as_bytes()), "\\n\\u{301}");
        assert_eq!(escaped(b"a\xff\xcc\x81"), "a\\xff\\u{301}");
    }

    #[test]
    fn bytes_that_are_not_utf8_are_named() {
        assert_eq!(escaped(b"caf\xe9 \xff\xfe"), "caf\\xe9 \\xff\\xfe");
        assert_eq!(escaped(b"\xf0\x9f\x8e"), "\\xf0\\x9f\\x8e");
    }

    #[test]
    fn terminal_that_does_not_read_utf8_gets_ascii() {
        assert_eq!(escaped_for(false, "caf\u{e9} \u{41b}".as_bytes()), "caf\\u{e9} \\u{41b}");
        assert_eq!(escaped_for(false, b"caf\xe9\n"), "caf\\xe9\\n");
    }
}
