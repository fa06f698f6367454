//! The words of a line, taken one after the other.

use alloc::format;
use alloc::string::{String, ToString};

use crate::text::quoted;

pub(crate) struct Words<'a> {
    /// What has not been taken yet; begins with a word.
    rest: &'a str,
    was_quoted: bool,
}

impl<'a> Words<'a> {
    pub(crate) fn new(line: &'a str) -> Words<'a> {
        Words { rest: line.trim_ascii(), was_quoted: false }
    }

    /// The name before a colon, if the line begins with one.
    pub(crate) fn name(&mut self) -> Option<&'a str> {
        let (name, rest) =
            self.peek()?.split_once(':').map(|(name, _)| self.rest.split_at(name.len()))?;
        self.rest = rest[1..].trim_ascii_start();
        Some(name)
    }

    pub(crate) fn peek(&self) -> Option<&'a str> {
        self.rest.split_ascii_whitespace().next()
    }

    pub(crate) fn next(&mut self) -> Option<&'a str> {
        let word = self.peek()?;
        self.rest = self.rest[word.len()..].trim_ascii_start();
        Some(word)
    }

    /// Takes the next word if it is this one.
    pub(crate) fn take(&mut self, wanted: &str) -> bool {
        let there = self.peek() == Some(wanted);
        if there {
            self.next();
        }
        there
    }

    /// Takes the next word and reads it; without one, `sentence` says what belongs there.
    pub(crate) fn required<T>(
        &mut self,
        read: impl FnOnce(&str) -> Result<T, String>,
        sentence: &str,
    ) -> Result<T, String> {
        read(self.next().ok_or_else(|| sentence.to_string())?)
    }

    /// Everything that is left, but for `flag` as its last word, and whether that was there.
    pub(crate) fn rest_without(&mut self, flag: &str) -> (&'a str, bool) {
        let rest = core::mem::take(&mut self.rest);
        match rest.strip_suffix(flag) {
            Some(text) if text.is_empty() || text.ends_with([' ', '\t']) => {
                (text.trim_ascii_end(), true)
            }
            _ => (rest, false),
        }
    }

    /// A text in quotes: up to the last one of the line, so that there may be others inside.
    pub(crate) fn quoted(&mut self) -> Result<&'a str, String> {
        let inner = self.rest.strip_prefix('"').unwrap_or(self.rest);
        let Some((text, rest)) = inner.rsplit_once('"') else {
            return Err(
                "The text begins with a quotation mark and lacks the one at its end.".to_string()
            );
        };
        self.rest = rest.trim_ascii_start();
        self.was_quoted = true;
        Ok(text)
    }

    pub(crate) fn was_quoted(&self) -> bool {
        self.was_quoted
    }

    /// The end of the line: nothing may be left.
    pub(crate) fn end(&self, verb: &str) -> Result<(), String> {
        match self.peek() {
            None => Ok(()),
            Some(word) => {
                Err(format!("The line says {} after all that belongs to {verb}.", quoted(word)))
            }
        }
    }
}
