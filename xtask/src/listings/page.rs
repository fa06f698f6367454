//! One page: finds the listings on it and puts the code in.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::fence::Fence;
use super::{Problem, whole};

mod include;
mod scene;

use include::directive;

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
    let mut expander = Expander { root, page, line: 0, out: Expanded::default() };
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
            Some(path) if path.ends_with(".md") => match self.text(path) {
                Ok(text) => self.push(&text),
                Err(reason) => self.problem(format!("{}: {reason}", line.trim())),
            },
            _ => match self.figures(line) {
                Ok(text) => self.push(&text),
                Err(reason) => self.problem(reason),
            },
        }
        None
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

    fn push(&mut self, line: &str) {
        self.out.markdown.push_str(line.trim_end());
        self.out.markdown.push('\n');
    }
}

#[cfg(test)]
mod tests;
