//! Text from outside, made fit to be shown.

use alloc::format;
use alloc::string::String;

/// How much of a message's text is shown.
const PREVIEW: usize = 32;

/// The beginning of a message: what is not a character, or none that can be seen, becomes U+FFFD.
pub(crate) fn preview(bytes: &[u8]) -> String {
    // A character has 4 bytes at most, so there are enough of them here, and a message of 64 kB is
    // not looked through.
    let start = &bytes[..bytes.len().min(4 * (PREVIEW + 1))];
    shortened(&String::from_utf8_lossy(start), PREVIEW)
}

/// A word of the line in quotation marks, to be named in a sentence.
pub(crate) fn quoted(word: &str) -> String {
    format!("“{}”", shortened(word, PREVIEW))
}

/// The first characters, and an ellipsis if there are more.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    let mut characters = text.chars();
    let mut short: String = characters
        .by_ref()
        .take(most)
        .map(|character| if is_visible(character) { character } else { '\u{fffd}' })
        .collect();
    if characters.next().is_some() {
        short.push('…');
    }
    short
}

/// Neither a control character nor one that turns the direction of the text around it.
pub(crate) fn is_visible(character: char) -> bool {
    !character.is_control()
        && !matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text with all that means something in HTML replaced, for content and for attributes in
/// double quotes.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
