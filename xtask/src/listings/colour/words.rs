//! The words of a program, each with the class that gives it its colour.
//!
//! syntect, with the grammars of Sublime Text, knows hundreds of kinds of words. The theme has six
//! colours for them, the `--code-...` of book/look/colours.css.

use std::sync::LazyLock;

use syntect::easy::ScopeRegionIterator;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

use crate::simulator::escaped;

static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Kinds of words, as the beginning of their names, and the class. The first that fits counts.
const CLASSES: [(&str, &str); 21] = [
    ("comment", "code-comment"),
    ("meta.annotation", "code-comment"),
    ("string", "code-string"),
    ("storage.type.string", "code-string"),
    ("constant.character", "code-number"),
    ("constant.language", "code-number"),
    ("constant.numeric", "code-number"),
    ("constant.other.placeholder", "code-number"),
    ("keyword.control", "code-keyword"),
    ("keyword.declaration", "code-keyword"),
    ("keyword.other", "code-keyword"),
    ("keyword.operator.logical.python", "code-keyword"),
    ("keyword.operator.word", "code-keyword"),
    ("variable.language", "code-keyword"),
    ("storage.type.c", "code-type"),
    ("storage", "code-keyword"),
    ("support.macro", "code-type"),
    ("support.type", "code-type"),
    ("entity.name.function", "code-name"),
    ("entity.name.module", ""),
    ("entity.name", "code-type"),
];

static SCOPES: LazyLock<Vec<(Scope, &str)>> = LazyLock::new(|| {
    let scope = |name| Scope::new(name).expect("a name has at most eight parts");
    CLASSES.map(|(name, class)| (scope(name), class)).to_vec()
});

/// The lines as HTML, none where the language has no grammar here. No element spans two lines.
pub(super) fn coloured<'a>(
    language: &str,
    lines: impl Iterator<Item = &'a str>,
) -> Option<Vec<String>> {
    let grammar = GRAMMARS.find_syntax_by_token(language)?;
    let mut parser = ParseState::new(grammar);
    let mut around = ScopeStack::new();
    let line = |line: &str| {
        let line = format!("{line}\n");
        let changes = parser.parse_line(&line, &GRAMMARS);
        let changes = changes.expect("the grammars are syntect's own");
        let mut words: Vec<(&str, String)> = Vec::new();
        for (text, change) in ScopeRegionIterator::new(&changes, &line) {
            around.apply(change).expect("the grammars are syntect's own");
            let text = text.trim_end_matches('\n');
            let class = class(&around);
            match words.last_mut() {
                // Blanks have no colour of their own: fewer elements.
                Some((last, before)) if *last == class || text.trim().is_empty() => *before += text,
                _ => words.push((class, text.to_owned())),
            }
        }
        words.iter().map(|(class, text)| word(class, text)).collect()
    };
    Some(lines.map(line).collect())
}

/// The innermost kind that has a class: the dot in a number is of the number.
fn class(around: &ScopeStack) -> &'static str {
    let known = |scope: &Scope| SCOPES.iter().find(|(known, _)| known.is_prefix_of(*scope));
    let innermost = around.as_slice().iter().rev().find_map(known);
    innermost.map_or("", |(_, class)| class)
}

fn word(class: &str, text: &str) -> String {
    let text = escaped(text);
    if class.is_empty() || text.trim().is_empty() {
        return text;
    }
    format!("<span class=\"{class}\">{text}</span>")
}
