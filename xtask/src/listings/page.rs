//! One page: finds the listings on it and puts the code in.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::fence::Fence;
use super::source::Source;
use super::{Problem, quote, whole};
use crate::simulator;

/// A page with its code in place.
#[derive(Debug, Default)]
pub struct Expanded {
    /// The Markdown that mdBook goes on with.
    pub markdown: String,
    /// What the page quotes: a file, relative to the repository, and an anchor in it or all of it.
    pub quotes: BTreeSet<(PathBuf, Option<String>)>,
    /// The pictures that stand in the page itself, where they take its colours.
    pub pictures: BTreeSet<PathBuf>,
    /// The scenes for the simulator: their names, and the line where each begins.
    pub scenes: BTreeMap<String, usize>,
    /// Everything wrong on this page. Where this is not empty, the Markdown is of no use.
    pub problems: Vec<Problem>,
}

struct Expander<'a> {
    root: &'a Path,
    page: &'a Path,
    line: usize,
    out: Expanded,
}

/// Expands every `{{#include}}` of a page; `page` is its path relative to the repository at `root`.
pub fn expand(root: &Path, page: &Path, markdown: &str) -> Expanded {
    let mut expander = Expander {
        root,
        page,
        line: 0,
        out: Expanded::default(),
    };
    let mut open: Option<Fence> = None;
    for (index, line) in markdown.lines().enumerate() {
        expander.line = index + 1;
        open = match open {
            None => expander.outside(line),
            Some(fence) if fence.is_closed_by(line) => {
                expander.close(fence);
                None
            }
            Some(mut fence) => {
                expander.inside(&mut fence, line);
                Some(fence)
            }
        };
    }
    if open.is_some() {
        expander.problem("the page ends inside a code block: its closing ``` is missing");
    }
    expander.out
}

impl Expander<'_> {
    fn problem(&mut self, reason: impl Into<String>) {
        self.out.problems.push(Problem {
            page: self.page.to_owned(),
            line: self.line,
            reason: reason.into(),
        });
    }

    fn outside(&mut self, line: &str) -> Option<Fence> {
        let fence = Fence::opened_by(line);
        if fence.is_some() {
            return fence;
        }
        match directive(line) {
            Some(path) if path.ends_with(".svg") => match self.picture(path) {
                Ok(svg) => self.push(&svg),
                Err(reason) => self.problem(format!("{}: {reason}", line.trim())),
            },
            Some(_) => self.problem("code is included in a code block, only a picture outside"),
            None => {
                if line.contains("{{#") {
                    self.problem("only {{#include PATH}}, alone on its line, is known here");
                }
                self.push(line);
            }
        }
        None
    }

    /// A picture on one stretch of lines: a blank one would end the HTML that it is.
    fn picture(&mut self, path: &str) -> Result<String, String> {
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

    fn inside(&mut self, fence: &mut Fence, line: &str) {
        let text = line.trim();
        if let Some(directive) = directive(text) {
            match self.include(fence, directive) {
                Ok(lines) => fence.lines.extend(lines),
                Err(reason) => self.problem(format!("{text}: {reason}")),
            }
        } else {
            if line.contains("{{#") {
                self.problem("only {{#include PATH:ANCHOR}}, alone on its line, is known here");
            }
            // Between two anchors of one file a blank line or a mark of omission may stand.
            fence.handwritten |= !text.is_empty() && text != "// ..." && text != "/* ... */";
            fence.lines.push(line.to_owned());
        }
    }

    fn close(&mut self, fence: Fence) {
        if fence.language() == "simulator" {
            return self.simulator(&fence);
        }
        if fence.file.is_some() && fence.handwritten {
            self.problem(
                "a listing mixes included and handwritten lines: what is not in the file \
                 belongs into the file, or into a code block of its own",
            );
        }
        let caption = fence.file.as_deref().filter(|_| fence.is_program());
        let Fence { indent, ticks, .. } = &fence;
        if let Some(file) = caption {
            // The blank lines make Markdown of what stands between the tags.
            let link = whole::link(self.page, file);
            let name = file.display();
            self.push(&format!("{indent}<figure class=\"listing\">"));
            self.push(&format!(
                "{indent}<figcaption><a href=\"{link}\"><code>{name}</code></a></figcaption>"
            ));
            self.push("");
        }
        self.push(&format!("{indent}{ticks}{}", fence.info));
        // The session's last blank line says that the output ended with a line's end.
        let last = fence.lines.iter().rposition(|line| !line.trim().is_empty());
        for line in fence.lines.iter().take(last.map_or(0, |last| last + 1)) {
            self.push(line);
        }
        self.push(&format!("{indent}{ticks}"));
        if caption.is_some() {
            self.push("");
            self.push(&format!("{indent}</figure>"));
        }
    }

    /// A scene becomes a component of the page. What it is about stands on the page, not in another file.
    fn simulator(&mut self, fence: &Fence) {
        if fence.file.is_some() {
            return self.problem("a simulator block is written on the page, line by line");
        }
        let opened_at = self.line - fence.lines.len() - 1;
        let component = match simulator::component(&fence.lines, &simulator_page::session) {
            Ok(component) => component,
            Err(faults) => {
                let page = self.page.to_owned();
                let problems = faults.into_iter().map(|fault| Problem {
                    page: page.clone(),
                    line: opened_at + fault.line,
                    reason: fault.reason,
                });
                return self.out.problems.extend(problems);
            }
        };
        for line in component.html.lines() {
            self.push(&format!("{}{line}", fence.indent));
        }
        let id = component.id;
        if let Some(first) = self.out.scenes.insert(id.clone(), opened_at) {
            self.problem(format!(
                "two simulator blocks are called `{id}`: this one and that in line {first}"
            ));
        }
    }

    fn push(&mut self, line: &str) {
        self.out.markdown.push_str(line.trim_end());
        self.out.markdown.push('\n');
    }

    /// The lines that `directive`, the inside of an include, asks for.
    fn include(&mut self, fence: &mut Fence, directive: &str) -> Result<Vec<String>, String> {
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
fn directive(line: &str) -> Option<&str> {
    let inside = line.trim().strip_prefix("{{#include ")?;
    inside.strip_suffix("}}").map(str::trim)
}

#[cfg(test)]
mod tests;
