//! What a reader sees of a character: something, a mark on the one before, or nothing.

use std::sync::LazyLock;

use regex_syntax::hir::{Class, ClassUnicode, HirKind};

/// Controls, format characters, private and unassigned ones; separators of lines and paragraphs;
/// what Unicode wants to be ignored; every blank but the ordinary space, and the three that are
/// listed as symbols or marks (braille, a musical one, a Khitan filler).
const HIDDEN: &str =
    r"[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}[\p{Zs}--\x20]\u{2800}\u{1D159}\u{16FE4}]";

/// What takes no place of its own: accents and the like, the vowels and finals of which Korean
/// syllables can be composed, and a few letters that lean on the next.
const MARK: &str = r"[\p{M}\p{GCB=V}\p{GCB=T}\p{GCB=Prepend}\u{A8FA}]";

/// How a character shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// In a place of its own.
    Visible,
    /// On the character before it.
    Mark,
    /// As nothing, or as something that it is not.
    Hidden,
}

impl Look {
    pub(super) fn of(character: char) -> Look {
        static HIDDEN_SET: LazyLock<ClassUnicode> = LazyLock::new(|| class(HIDDEN));
        static MARK_SET: LazyLock<ClassUnicode> = LazyLock::new(|| class(MARK));
        if contains(&HIDDEN_SET, character) {
            Look::Hidden
        } else if contains(&MARK_SET, character) {
            Look::Mark
        } else {
            Look::Visible
        }
    }
}

/// The set that a regular expression for one character describes.
fn class(expression: &str) -> ClassUnicode {
    let parsed = regex_syntax::parse(expression).expect("the expressions above are valid");
    match parsed.into_kind() {
        HirKind::Class(Class::Unicode(class)) => class,
        other => unreachable!("{expression} is one character: {other:?}"),
    }
}

fn contains(class: &ClassUnicode, character: char) -> bool {
    let ranges = class.ranges();
    let after = ranges.partition_point(|range| range.start() <= character);
    after > 0 && character <= ranges[after - 1].end()
}

#[cfg(test)]
mod tests {
    use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
    use unicode_width::UnicodeWidthChar;

    use super::Look;

    /// Against two other crates, of another Unicode version: what this one does not know yet is
    /// hidden.
    #[test]
    fn nothing_of_all_unicode_shows_unless_it_can_be_seen() {
        use GeneralCategory as Category;
        for character in '\0'..=char::MAX {
            let category = character.general_category();
            match Look::of(character) {
                Look::Hidden => {}
                Look::Mark => assert!(
                    matches!(
                        category,
                        Category::NonspacingMark
                            | Category::SpacingMark
                            | Category::EnclosingMark
                            | Category::OtherLetter
                            | Category::OtherPunctuation
                    ),
                    "{character:?} is {category:?}"
                ),
                Look::Visible => {
                    assert!(
                        !matches!(
                            category,
                            Category::Control
                                | Category::Format
                                | Category::Surrogate
                                | Category::PrivateUse
                                | Category::Unassigned
                                | Category::LineSeparator
                                | Category::ParagraphSeparator
                        ) && (category != Category::SpaceSeparator || character == ' '),
                        "{character:?} is {category:?}"
                    );
                    let width = character.width().unwrap_or(0);
                    assert!(width > 0, "{character:?} takes no place");
                }
            }
        }
    }

    #[test]
    fn letters_digits_and_signs_of_all_scripts_show() {
        for character in "aÄßжλאبกकあ字한٣½€→🎉🇦👍🏽".chars() {
            assert_eq!(Look::of(character), Look::Visible, "{character:?}");
        }
        for mark in ['\u{301}', '\u{5b0}', '\u{e34}', '\u{93f}', '\u{20dd}', '\u{1161}'] {
            assert_eq!(Look::of(mark), Look::Mark, "{mark:?}");
        }
    }

    #[test]
    fn what_looks_like_nothing_is_hidden() {
        let format =
            "\u{ad}\u{61c}\u{180e}\u{200b}\u{200f}\u{202e}\u{2060}\u{2069}\u{feff}\u{e0041}";
        let fillers = "\u{34f}\u{115f}\u{1160}\u{17b4}\u{2065}\u{3164}\u{ffa0}\u{fe0f}\u{e0100}";
        let blanks = "\u{a0}\u{1680}\u{2003}\u{200a}\u{202f}\u{2800}\u{3000}\u{1d159}\u{16fe4}";
        let others = "\0\t\n\u{7f}\u{85}\u{9b}\u{2028}\u{2029}\u{e000}\u{fffe}\u{10ffff}";
        for character in [format, fillers, blanks, others].concat().chars() {
            assert_eq!(Look::of(character), Look::Hidden, "{character:?}");
        }
    }
}
