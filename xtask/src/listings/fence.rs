//! A fenced code block, while its lines are read.

use std::path::PathBuf;

/// Languages whose listings carry the name of their file. Other fences hold what a program
/// printed, or settings, and say themselves what they are.
const PROGRAMS: [&str; 6] = ["rust", "c", "perl", "python", "sh", "toml"];

/// A fence that is being read.
pub(super) struct Fence {
    /// What stands before the backticks: the indentation of a list.
    pub(super) indent: String,
    pub(super) ticks: String,
    pub(super) info: String,
    pub(super) lines: Vec<String>,
    /// The file that its includes name.
    pub(super) file: Option<PathBuf>,
    pub(super) handwritten: bool,
}

impl Fence {
    pub(super) fn opened_by(line: &str) -> Option<Self> {
        let text = line.trim_start();
        let tick = text.chars().next().filter(|c| "`~".contains(*c))?;
        let count = text.chars().take_while(|c| *c == tick).count();
        let info = text[count..].trim();
        // Three backticks and a fourth later in the line are inline code.
        (count >= 3 && !info.contains('`')).then(|| Self {
            indent: line[..line.len() - text.len()].to_owned(),
            ticks: text[..count].to_owned(),
            info: info.to_owned(),
            lines: Vec::new(),
            file: None,
            handwritten: false,
        })
    }

    pub(super) fn is_closed_by(&self, line: &str) -> bool {
        let text = line.trim();
        text.starts_with(&self.ticks) && text.trim_start_matches(&self.ticks[..1]).is_empty()
    }

    pub(super) fn language(&self) -> &str {
        self.info.split([',', ' ']).next().unwrap_or("")
    }

    pub(super) fn is_program(&self) -> bool {
        PROGRAMS.contains(&self.language())
    }
}
