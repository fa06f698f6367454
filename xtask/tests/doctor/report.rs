//! Running the command, and reading what it says.

use std::process::Command;

use support::{Finished, Running};

/// The command, not yet started.
pub(crate) fn doctor() -> Command {
    let mut doctor = Command::new(env!("CARGO_BIN_EXE_xtask"));
    doctor.arg("doctor");
    doctor
}

/// What one run of it said.
pub(crate) struct Report(Finished);

impl Report {
    #[track_caller]
    pub(crate) fn of(doctor: Command) -> Report {
        let report = Report(Running::start(doctor).finish());
        report.0.stderr_is("");
        report
    }

    /// Nothing stops the reader.
    #[track_caller]
    pub(crate) fn will_do(&self) -> &Report {
        self.0.success();
        assert_eq!(self.last(), "This machine will do.");
        self
    }

    /// This many things have to be mended.
    #[track_caller]
    pub(crate) fn stops(&self, problems: usize) -> &Report {
        self.0.code(1);
        let verdict = match problems {
            1 => "Mend the problem above first.".to_owned(),
            _ => format!("Mend the {problems} problems above first."),
        };
        assert_eq!(self.last(), verdict, "{}", self.0.stdout_text());
        self
    }

    /// The line that begins so, and has all these parts in it or in its advice.
    #[track_caller]
    pub(crate) fn says(&self, begin: &str, parts: &[&str]) -> &Report {
        let lines = self.0.lines();
        let mut found = lines.iter().skip_while(|line| !line.starts_with(begin));
        let first = found
            .next()
            .unwrap_or_else(|| panic!("no line begins with {begin:?}:\n{}", lines.join("\n")));
        let advice = found
            .next()
            .filter(|line| line.starts_with("         To do: "));
        let text = [first.as_str(), advice.map_or("", |advice| advice)].concat();
        for part in parts {
            assert!(text.contains(part), "{part:?} is not in\n{text}");
        }
        self
    }

    /// No line begins so.
    #[track_caller]
    pub(crate) fn is_silent_about(&self, begin: &str) -> &Report {
        let lines = self.0.lines();
        assert!(
            !lines.iter().any(|line| line.starts_with(begin)),
            "{}",
            lines.join("\n")
        );
        self
    }

    fn last(&self) -> String {
        self.0.lines().pop().unwrap_or_default()
    }
}
