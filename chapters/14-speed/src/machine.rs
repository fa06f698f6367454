//! Figures mean nothing without the machine that they come from.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

/// Where and when figures were measured, and of what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    /// The processor's name.
    pub cpu: String,
    /// How many of them there are.
    pub processors: usize,
    /// The kernel and its version.
    pub kernel: String,
    /// The compiler of the Rust programs.
    pub rustc: String,
    /// The compiler of the C programs.
    pub cc: String,
    /// The commit that was measured, with a `+` if files differed from it.
    pub commit: String,
    /// The day, as YYYY-MM-DD, in UTC.
    pub date: String,
    /// How many processes wanted a processor before it began, on average: 0 is an idle machine.
    pub load: String,
    /// How many rounds each contender went.
    pub rounds: usize,
    /// How long a sample was to take, in milliseconds.
    pub sample_ms: u64,
}

impl Machine {
    /// Whether others use its processors, so that figures say more about them than about queues.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.load.parse::<f64>().is_ok_and(|load| load > 0.5)
    }

    /// This one, today.
    ///
    /// # Errors
    ///
    /// A program that has to be asked (`uname`, `rustc`, `cc`, `date`) is not there.
    pub fn here(rounds: usize, sample_ms: u64) -> Result<Machine> {
        Ok(Machine {
            cpu: cpu(&fs::read_to_string("/proc/cpuinfo").context("/proc/cpuinfo")?),
            processors: std::thread::available_parallelism()?.get(),
            kernel: first_line("uname", &["-sr"])?,
            rustc: first_line("rustc", &["-V"])?,
            cc: first_line("cc", &["--version"])?,
            commit: commit(),
            date: first_line("date", &["-u", "+%F"])?,
            load: first_word("/proc/loadavg")?,
            rounds,
            sample_ms,
        })
    }
}

fn first_word(file: &str) -> Result<String> {
    let text = fs::read_to_string(file).with_context(|| file.to_owned())?;
    Ok(text.split_whitespace().next().unwrap_or_default().to_owned())
}

/// The first processor's name; some architectures give none.
fn cpu(cpuinfo: &str) -> String {
    let named = |line: &str| {
        let (name, value) = line.split_once(':')?;
        (name.trim() == "model name").then(|| value.trim().to_owned())
    };
    cpuinfo.lines().find_map(named).unwrap_or_else(|| std::env::consts::ARCH.to_owned())
}

/// None outside of a clone.
fn commit() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).display().to_string();
    let git = |args: &[&str]| first_line("git", &[&["-C", &folder], args].concat());
    let Ok(commit) = git(&["rev-parse", "--short=10", "HEAD"]) else {
        return "unknown".to_owned();
    };
    // The figures themselves and the page may differ: they come of this run.
    let changed = git(&["status", "--porcelain", "--", "..", ":(exclude)../../book"]);
    match changed.is_ok_and(|files| files.is_empty()) {
        true => commit,
        false => commit + "+",
    }
}

fn first_line(program: &str, args: &[&str]) -> Result<String> {
    let words = || [&[program], args].concat().join(" ");
    let output = Command::new(program)
        .args(args)
        .output()
        .with_context(|| format!("`{}` could not run: install {program}", words()))?;
    anyhow::ensure!(output.status.success(), "`{}` failed ({})", words(), output.status);
    Ok(String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_of_the_first_processor_is_taken() {
        let cpuinfo = "processor\t: 0\nmodel name\t: A  B\n\nprocessor\t: 1\nmodel name\t: C\n";
        assert_eq!(cpu(cpuinfo), "A  B");
        assert_eq!(cpu("processor\t: 0\n"), std::env::consts::ARCH);
    }
}
