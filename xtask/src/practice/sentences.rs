//! The sentences of the tests: every string literal in them, with the place where it is.
//!
//! A sentence has places for arguments, so what a reader sees is only partly text that can be found
//! here. [`Sentence::shares`] says how much of a message is.

use std::ops::RangeInclusive;
use std::path::Path;
use std::str::FromStr;

use anyhow::{Result, anyhow};
use proc_macro2::{Delimiter, LineColumn, Literal, TokenStream, TokenTree};
use regex::Regex;

use super::literal::{pieces, value};

/// What a sentence and a message must have in common at least, in one piece.
const LEAST: usize = 8;

/// A string literal.
#[derive(Debug)]
pub(super) struct Sentence {
    /// From the root of the repository.
    pub(super) file: String,
    pub(super) line: usize,
    /// The text before, between and after its arguments.
    pieces: Vec<String>,
    function: Option<Function>,
}

/// The function that a sentence is in.
#[derive(Clone, Debug)]
struct Function {
    lines: RangeInclusive<usize>,
    /// A panic in it has the place of the call.
    track_caller: bool,
}

/// All sentences of a file. `file` is what they are said to be from.
pub(super) fn sentences(file: &Path, text: &str) -> Result<Vec<Sentence>> {
    let file = file.to_string_lossy().into_owned();
    let tokens = TokenStream::from_str(text).map_err(|error| anyhow!("{file}: {error}"))?;
    let mut found = Vec::new();
    collect(tokens, None, &mut |literal, function| {
        if let Some(text) = value(&literal)? {
            let LineColumn { line, .. } = literal.span().start();
            let pieces = pieces(&text);
            found.push(Sentence { file: file.clone(), line, pieces, function });
        }
        Ok(())
    })?;
    Ok(found)
}

/// Hands on every literal outside of attributes, and the function that it is in.
fn collect(
    tokens: TokenStream,
    around: Option<Function>,
    found: &mut impl FnMut(Literal, Option<Function>) -> Result<()>,
) -> Result<()> {
    let mut track_caller = false;
    let mut signature = false;
    let mut after_hash = false;
    for token in tokens {
        let hash = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#');
        let bang = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '!');
        match token {
            TokenTree::Group(group) if after_hash => {
                track_caller |= group.stream().to_string() == "track_caller";
            }
            TokenTree::Group(group) if signature && group.delimiter() == Delimiter::Brace => {
                let lines = group.span_open().start().line..=group.span_close().start().line;
                let function = Function { lines, track_caller };
                collect(group.stream(), Some(function), found)?;
                (signature, track_caller) = (false, false);
            }
            TokenTree::Group(group) => collect(group.stream(), around.clone(), found)?,
            TokenTree::Ident(ident) => signature |= ident == "fn",
            TokenTree::Literal(literal) => found(literal, around.clone())?,
            // A declaration has no body.
            TokenTree::Punct(punct) if punct.as_char() == ';' => {
                (signature, track_caller) = (false, false);
            }
            TokenTree::Punct(_) => {}
        }
        after_hash = hash || (after_hash && bang);
    }
    Ok(())
}

impl Sentence {
    /// How many bytes of `message` are text of this sentence, if it is a piece of it; 0 if not.
    pub(super) fn shares(&self, message: &str) -> usize {
        let message = message.as_bytes();
        let in_a_piece = |part: &[u8]| {
            let mut pieces = self.pieces.iter().map(String::as_bytes);
            pieces.any(|piece| piece.windows(part.len()).any(|window| window == part))
        };
        if !message.windows(LEAST.min(message.len()).max(1)).any(in_a_piece) {
            return 0;
        }
        // What can come next in the sentence, `None` for an argument; and how much has been shared
        // on the best way there.
        let mut elements: Vec<Option<u8>> = Vec::new();
        for (number, piece) in self.pieces.iter().enumerate() {
            elements.extend((number > 0).then_some(None));
            elements.extend(piece.bytes().map(Some));
        }
        let mut ways: Vec<Option<usize>> = vec![Some(0); elements.len() + 1];
        for byte in message {
            let mut next = vec![None; ways.len()];
            for (at, element) in elements.iter().enumerate() {
                let Some(shared) = ways[at] else { continue };
                match element {
                    None => {
                        ways[at + 1] = ways[at + 1].max(Some(shared));
                        next[at] = next[at].max(Some(shared));
                    }
                    Some(text) if text == byte => {
                        next[at + 1] = next[at + 1].max(Some(shared + 1));
                    }
                    Some(_) => {}
                }
            }
            ways = next;
        }
        ways.into_iter().flatten().max().unwrap_or(0)
    }

    /// Whether this sentence is in the text, all of it.
    pub(super) fn is_in(&self, text: &str) -> bool {
        let pieces: Vec<_> = self.pieces.iter().map(|piece| regex::escape(piece)).collect();
        let sentence = Regex::new(&pieces.join("(?s:.*?)")).expect("escaped text is a pattern");
        sentence.is_match(text)
    }

    /// Whether it is in the function at this place, and, with arguments, in what a panic says there.
    pub(super) fn has_arguments_at(&self, file: &str, line: usize, said: &str) -> bool {
        let here = |function: &Function| function.lines.contains(&line);
        self.pieces.len() > 1
            && Path::new(file).ends_with(&self.file)
            && self.function.as_ref().is_some_and(here)
            && self.is_in(said)
    }

    /// Whether a panic at this place can have it: in its own function, or, where that hands on its
    /// caller's place, anywhere.
    pub(super) fn can_be_from(&self, file: &str, line: usize) -> bool {
        match &self.function {
            Some(function) if !function.track_caller => {
                Path::new(file).ends_with(&self.file) && function.lines.contains(&line)
            }
            _ => true,
        }
    }
}
