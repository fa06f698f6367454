//! What one run of the doctor printed.

use std::process::Command;

use support::{Finished, Running};

pub(crate) struct Report(Finished);

impl Report {
    pub(crate) fn of(doctor: Command) -> Report {
        Report(Running::start(doctor).finish())
    }

    /// Nothing stops the reader.
    #[track_caller]
    pub(crate) fn will_do(&self) -> &Report {
        self.0.success().stderr_is("");
        self.0.stdout_has("\nThis machine will do.\n");
        self
    }

    /// This many things have to be mended.
    #[track_caller]
    pub(crate) fn stops(&self, problems: usize) -> &Report {
        self.0.code(1).stderr_is("");
        self.0.stdout_has(format!("\nProblems to mend first: {problems}.\n"));
        self
    }

    /// It was over with this exit status before it had come to a verdict.
    #[track_caller]
    pub(crate) fn is_cut_short(&self, code: i32) {
        self.0.code(code).stderr_is("");
        assert!(!self.0.stdout_text().contains("message queues"));
    }

    /// There is a line that begins so, with all these parts in it; notes and problems say what to
    /// do.
    #[track_caller]
    pub(crate) fn says(&self, begin: &str, parts: &[&str]) -> &Report {
        let lines = self.0.lines();
        let line = lines.iter().find(|line| line.starts_with(begin));
        let all = || format!("{}\n{}", self.0.command, lines.join("\n"));
        let line = line.unwrap_or_else(|| panic!("no line begins with {begin:?}: {}", all()));
        for part in parts {
            assert!(line.contains(part), "{part:?} is not in {line:?}: {}", all());
        }
        self
    }

    /// No line has this.
    #[track_caller]
    pub(crate) fn lacks(&self, part: &str) -> &Report {
        assert!(!self.0.stdout_text().contains(part), "{}", self.0.stdout_text());
        self
    }

    pub(crate) fn finished(&self) -> &Finished {
        &self.0
    }
}
