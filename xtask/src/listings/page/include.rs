//! What an include puts on a page: lines of a file, a picture, or text.

use std::fs;

use super::Expander;
use crate::listings::fence::Fence;
use crate::listings::quote;
use crate::listings::source::Source;

impl Expander<'_> {
    /// A picture on one stretch of lines: a blank one would end the HTML that it is.
    pub(super) fn picture(&mut self, path: &str) -> Result<String, String> {
        let file = quote::locate(self.root, self.page, path)?;
        let svg = fs::read_to_string(self.root.join(&file))
            .map_err(|error| format!("cannot read {}: {error}", file.display()))?;
        let lines: Vec<&str> = svg.lines().filter(|line| !line.trim().is_empty()).collect();
        if lines.is_empty() {
            return Err(format!("{} is empty", file.display()));
        }
        self.out.pictures.insert(file);
        Ok(lines.join("\n"))
    }

    /// Text that a test keeps right, such as a table.
    pub(super) fn text(&self, path: &str) -> Result<String, String> {
        let file = quote::locate(self.root, self.page, path)?;
        fs::read_to_string(self.root.join(&file))
            .map_err(|error| format!("cannot read {}: {error}", file.display()))
    }

    /// A line with its figures in place: `{{#include speed/figures.txt:NAME}}`, in a sentence or
    /// alone. They are Markdown of a file that a program has made.
    pub(super) fn figures(&self, line: &str) -> Result<String, String> {
        let Some((before, rest)) = line.split_once("{{#") else {
            return Ok(line.to_owned());
        };
        let known = rest.strip_prefix("include ").and_then(|rest| rest.split_once("}}"));
        let (inside, after) = known.ok_or("only {{#include PATH}} is known here")?;
        let (path, name) = inside.trim().split_once(".txt:").ok_or(
            "code is included in a code block; only a picture, text, or a figure of a .txt file \
             is outside of one",
        )?;
        let file = quote::locate(self.root, self.page, &format!("{path}.txt"))?;
        let text = fs::read_to_string(self.root.join(&file))
            .map_err(|error| format!("cannot read {}: {error}", file.display()))?;
        let source = Source::parse(&text);
        let lines = quote::lines(&source, &file, Some(name), false)?;
        let is_alone = before.trim().is_empty() && after.trim().is_empty();
        if lines.len() > 1 && !is_alone {
            return Err(format!("`{name}` is a table: it stands alone on its line"));
        }
        Ok(format!("{before}{}{}", lines.join("\n"), self.figures(after)?))
    }

    /// The lines that `directive`, the inside of an include, asks for.
    pub(super) fn include(
        &mut self,
        fence: &mut Fence,
        directive: &str,
    ) -> Result<Vec<String>, String> {
        let (path, anchor) = match directive.split_once(':') {
            None => (directive, None),
            Some((path, anchor)) => (path, Some(anchor)),
        };
        let file = quote::locate(self.root, self.page, path)?;
        if fence.file.as_ref().is_some_and(|other| *other != file) {
            return Err("one listing, one file: this one quotes two".into());
        }
        let text = fs::read_to_string(self.root.join(&file))
            .map_err(|error| format!("cannot read {}: {error}", file.display()))?;
        if text.contains("{{#include") && fence.language() != "text" {
            return Err("the file holds an include itself, which mdBook would expand".into());
        }
        let source = Source::parse(&text);
        if let Some(fault) = source.faults().first() {
            let (file, line, reason) = (file.display(), fault.line, &fault.reason);
            return Err(format!("{file}:{line}: {reason}"));
        }
        let lines = quote::lines(&source, &file, anchor, fence.is_program())?;
        if lines.iter().any(|line| fence.is_closed_by(line)) {
            let ticks = &fence.ticks;
            return Err(format!(
                "the file holds a line {ticks}: open the listing with more of them"
            ));
        }
        let quote = (file.clone(), anchor.map(str::to_owned));
        fence.file = Some(file);
        self.out.quotes.insert(quote);
        let indented = lines.iter().map(|line| format!("{}{line}", fence.indent));
        Ok(indented.collect())
    }
}

/// What an include asks for, if this line is one.
pub(super) fn directive(line: &str) -> Option<&str> {
    let inside = line.trim().strip_prefix("{{#include ")?;
    inside.strip_suffix("}}").map(str::trim)
}
