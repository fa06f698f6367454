//! A code block of a page.

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use crate::Page;

/// A code block of a page.
#[derive(Debug)]
pub struct Block {
    /// What stands behind the opening backticks.
    pub info: String,
    /// The line of the opening backticks.
    pub line: usize,
    /// The lines between the backticks.
    pub lines: Vec<String>,
}

impl Block {
    /// The code blocks of a page. One that is made by indentation has an empty `info`.
    pub fn all(page: &Page) -> Vec<Self> {
        let mut blocks: Vec<Self> = Vec::new();
        let mut inside = false;
        for (event, line) in page.events() {
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    inside = true;
                    let info = match kind {
                        CodeBlockKind::Fenced(info) => info.to_string(),
                        CodeBlockKind::Indented => String::new(),
                    };
                    let lines = Vec::new();
                    blocks.push(Self { info, line, lines });
                }
                Event::Text(text) if inside => {
                    let block = blocks.last_mut().expect("text is inside of a block");
                    block.lines.extend(text.lines().map(str::to_owned));
                }
                Event::End(_) => inside = false,
                _ => {}
            }
        }
        blocks
    }

    /// The first word of the info string.
    pub fn language(&self) -> &str {
        self.info.split([',', ' ']).next().unwrap_or("")
    }

    /// Whether this is a session that the tests run.
    pub fn is_session(&self) -> bool {
        self.language() == "console" && !self.is_ignored()
    }

    /// Whether this is code that an include puts there.
    pub fn is_listing(&self) -> bool {
        ["rust", "c", "perl", "python"].contains(&self.language()) && self.includes()
    }

    pub(crate) fn is_ignored(&self) -> bool {
        self.info.split(',').any(|word| word.trim() == "ignore")
    }

    pub(crate) fn includes(&self) -> bool {
        self.lines.iter().any(|line| line.contains("{{#include "))
    }
}
