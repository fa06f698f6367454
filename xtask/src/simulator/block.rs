//! What is written in a block: a name, what is there before, a question, the steps, the answer.

use super::Fault;

/// A block that has been read.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub(super) id: String,
    pub(super) title: String,
    /// Done at once, before anybody looks.
    pub(super) setup: Vec<Line>,
    pub(super) question: String,
    /// Done one by one.
    pub(super) steps: Vec<Line>,
    pub(super) answer: String,
}

/// A line of the session language.
#[derive(Debug)]
pub(super) struct Line {
    /// Its place in the block, counted from 1.
    pub(super) number: usize,
    pub(super) text: String,
}

impl Block {
    pub(super) fn parse(lines: &[String]) -> Result<Self, Vec<Fault>> {
        let mut reader = Reader::default();
        for (index, line) in lines.iter().enumerate() {
            reader.number = index + 1;
            reader.line(line.trim());
        }
        reader.number = lines.len().max(1);
        reader.look_over();
        if reader.faults.is_empty() { Ok(reader.block) } else { Err(reader.faults) }
    }

    /// The session up to the question.
    pub(super) fn setup_text(&self) -> String {
        joined(&self.setup)
    }

    /// The session up to the answer.
    pub(super) fn text(&self) -> String {
        [self.setup_text(), self.steps_text()].join("\n")
    }

    /// The steps alone.
    pub(super) fn steps_text(&self) -> String {
        joined(&self.steps)
    }
}

fn joined(lines: &[Line]) -> String {
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    texts.join("\n")
}

#[derive(Default)]
struct Reader {
    block: Block,
    number: usize,
    /// Whether the lines that follow are steps.
    stepping: bool,
    faults: Vec<Fault>,
}

impl Reader {
    fn fault(&mut self, reason: impl Into<String>) {
        self.faults.push(Fault { line: self.number, reason: reason.into() });
    }

    fn line(&mut self, line: &str) {
        if let Some(id) = line.strip_prefix("id:") {
            self.name(id.trim());
        } else if let Some(title) = line.strip_prefix("title:") {
            self.title(title.trim());
        } else if let Some(question) = line.strip_prefix('?') {
            if self.stepping && !self.block.steps.is_empty() {
                self.fault("the question `? ` stands before the first step");
            }
            self.stepping = true;
            add(&mut self.block.question, question.trim());
        } else if line == "---" {
            self.stepping = true;
        } else if let Some(answer) = line.strip_prefix('=') {
            add(&mut self.block.answer, answer.trim());
        } else if !line.is_empty() && !line.starts_with('#') {
            self.command(line);
        }
    }

    fn name(&mut self, id: &str) {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || !id.chars().all(fits) {
            self.fault("an id is made of small letters, digits and hyphens: `id: unfair-wait`");
        } else if !self.block.id.is_empty() {
            self.fault("a block has one `id: `");
        }
        self.block.id = id.to_owned();
    }

    fn title(&mut self, title: &str) {
        if title.is_empty() {
            self.fault("the title is empty: `title: The unfair wait`");
        } else if !self.block.title.is_empty() {
            self.fault("a block has one `title: `");
        }
        self.block.title = title.to_owned();
    }

    fn command(&mut self, line: &str) {
        if !self.block.answer.is_empty() {
            self.fault("the answer `= ` is the last line: no step stands behind it");
        }
        let line = Line { number: self.number, text: line.to_owned() };
        if self.stepping {
            self.block.steps.push(line);
        } else {
            self.block.setup.push(line);
        }
    }

    /// What can only be seen at the end.
    fn look_over(&mut self) {
        let Block { id, title, question, steps, answer, .. } = &self.block;
        let mut missing = Vec::new();
        let named = |what: &str| self.faults.iter().any(|fault| fault.reason.contains(what));
        if id.is_empty() && !named("id:") {
            missing.push("a simulator block begins with its name: `id: unfair-wait`");
        }
        if title.is_empty() && !named("title:") {
            missing.push("a simulator block has a title: `title: The unfair wait`");
        }
        if self.stepping && steps.is_empty() {
            missing.push("there are no steps below the question");
        }
        if question.is_empty() && !answer.is_empty() {
            missing.push("an answer `= ` belongs to a question `? ` above the steps");
        }
        if !question.is_empty() && answer.is_empty() {
            missing.push("the question has no answer: `= ` and one line, below the steps");
        }
        for reason in missing {
            self.fault(reason);
        }
    }
}

/// Adds a line of prose, which may be broken.
fn add(prose: &mut String, line: &str) {
    if !prose.is_empty() {
        prose.push(' ');
    }
    prose.push_str(line);
}
