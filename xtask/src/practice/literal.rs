//! What a string literal says: without quotes and escapes, and cut where a format string has its
//! arguments.

use anyhow::{Context, Result};
use proc_macro2::Literal;

/// The text of a string literal; `None` for other literals.
pub(super) fn value(literal: &Literal) -> Result<Option<String>> {
    let source = literal.to_string();
    if let Some(raw) = source.strip_prefix('r') {
        let inner = raw.trim_matches('#');
        return Ok(inner
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'))
            .map(str::to_owned));
    }
    let Some(quoted) = source.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return Ok(None);
    };
    let mut text = String::new();
    let mut rest = quoted;
    while let Some((before, after)) = rest.split_once('\\') {
        text += before;
        let escape = after.chars().next().context("a literal ends with a backslash")?;
        rest = &after[escape.len_utf8()..];
        match escape {
            '\n' => rest = rest.trim_start(),
            'n' => text.push('\n'),
            'r' => text.push('\r'),
            't' => text.push('\t'),
            '0' => text.push('\0'),
            // Somebody sees another letter there, as if it were an argument.
            'u' | 'x' => {
                let end = if escape == 'u' { rest.find('}').map(|at| at + 1) } else { Some(2) };
                rest = &rest[end.context("\\u has no }")?..];
                text += "{}";
            }
            other => text.push(other),
        }
    }
    Ok(Some(text + rest))
}

/// What is left of a format string without its arguments.
pub(super) fn pieces(format: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut rest = format;
    while let Some(at) = rest.find(['{', '}']) {
        let piece = pieces.last_mut().expect("there is one at the beginning");
        *piece += &rest[..at];
        let (brace, after) = rest[at..].split_at(1);
        if let Some(after) = after.strip_prefix(brace) {
            *piece += brace;
            rest = after;
        } else {
            rest = after.split_once('}').map_or("", |(_, after)| after);
            pieces.push(String::new());
        }
    }
    *pieces.last_mut().expect("as above") += rest;
    pieces
}

#[cfg(test)]
mod tests {
    use super::{pieces, value};

    fn text(source: &str) -> Option<String> {
        value(&source.parse().unwrap()).unwrap()
    }

    #[test]
    fn string_is_what_a_person_reads() {
        for (source, expected) in [
            (r#""a \"b\" \\ c\n\0""#, "a \"b\" \\ c\n\0"),
            ("\"one \\\n     two\"", "one two"),
            ("r#\"a \\n \"b\"\"#", "a \\n \"b\""),
            (r#""a\u{e9}z""#, "a{}z"),
        ] {
            assert_eq!(text(source).as_deref(), Some(expected), "{source}");
        }
        for other in ["1", "'a'", "b\"bytes\"", "c\"for C\""] {
            assert_eq!(text(other), None, "{other}");
        }
    }

    #[test]
    fn format_string_is_cut_at_its_arguments() {
        for (format, expected) in [
            ("a {} b {x:?}", &["a ", " b ", ""][..]),
            ("{{}} and {}}}", &["{} and ", "}"]),
            ("none", &["none"]),
        ] {
            assert_eq!(pieces(format), expected, "{format}");
        }
    }
}
