//! Whether the terminal reads UTF-8.

use std::env;
use std::sync::LazyLock;

/// Whether the user's locale says that text is UTF-8.
///
/// Where it does not, the bytes of a letter are other letters, and 0x80 to 0x9f are controls.
pub(super) fn is_utf8() -> bool {
    static ANSWER: LazyLock<bool> = LazyLock::new(|| {
        let names = ["LC_ALL", "LC_CTYPE", "LANG"];
        names_utf8(names.map(|name| env::var(name).unwrap_or_default()))
    });
    *ANSWER
}

/// As setlocale(3) chooses: the first variable that is not empty; without any it is "C", which is
/// ASCII. The encoding stands after the dot: `de_AT.UTF-8@euro`.
///
/// Read from the name, because a locale that is not installed says the same about the terminal.
fn names_utf8(values: [String; 3]) -> bool {
    let locale = values.iter().find(|value| !value.is_empty());
    let encoding = locale
        .and_then(|locale| locale.split('@').next()?.split_once('.'))
        .map_or("", |(_, encoding)| encoding);
    encoding.eq_ignore_ascii_case("UTF-8") || encoding.eq_ignore_ascii_case("utf8")
}

#[cfg(test)]
mod tests {
    use super::names_utf8;

    #[track_caller]
    fn check(all: &str, ctype: &str, lang: &str, expected: bool) {
        let values = [all, ctype, lang].map(str::to_owned);
        assert_eq!(names_utf8(values), expected, "{all:?} {ctype:?} {lang:?}");
    }

    #[test]
    fn encoding_is_read_from_the_name() {
        for name in ["C.UTF-8", "en_GB.utf8", "de_AT.UTF-8@euro", "C.Utf-8"] {
            check("", "", name, true);
        }
        for name in ["C", "POSIX", "de_DE", "de_DE@euro", "ru_RU.KOI8-R", "a.", ""] {
            check("", "", name, false);
        }
    }

    #[test]
    fn first_variable_that_is_not_empty_decides() {
        check("C", "C.UTF-8", "C.UTF-8", false);
        check("C.UTF-8", "C", "C", true);
        check("", "C", "C.UTF-8", false);
        check("", "C.UTF-8", "C", true);
    }
}
