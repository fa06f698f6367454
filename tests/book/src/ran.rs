//! The tests that ran, from what `cargo test` printed.

use std::ffi::{OsStr, OsString};

/// The tests that passed, by program, from what `cargo test` printed.
pub struct Log(Vec<(OsString, String)>);

impl Log {
    /// Reads what `cargo test 2>&1` printed.
    pub fn parse(log: &str) -> Self {
        let mut program = OsString::new();
        let mut passed = Vec::new();
        for line in log.lines() {
            // Running tests/limits.rs (target/debug/deps/limits-5f2b)
            if let Some((_, rest)) = line.split_once("Running ")
                && let Some((_, file)) = rest.trim_end_matches(')').rsplit_once("/deps/")
            {
                program = file.into();
            } else if let Some(test) = line.strip_prefix("test ")
                && let Some(path) = test.strip_suffix(" ... ok")
            {
                passed.push((program.clone(), path.to_owned()));
            }
        }
        Self(passed)
    }

    /// Whether the test of this name passed in this program.
    pub fn has_passed(&self, program: &OsStr, test: &str) -> bool {
        let mut passed = self.0.iter();
        passed.any(|(of, passed)| of == program && passed == test)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::listed::tests::two_programs;

    #[test]
    fn test_that_was_skipped_or_failed_did_not_pass() {
        let tests = two_programs();
        let log = |line: &str| {
            let log =
                format!("     Running tests/limits.rs (target/debug/deps/limits-5f2b)\n\n{line}");
            tests.find("ch04-send::limits::full", Some(&Log::parse(&log)))
        };
        assert_eq!(log("test full ... ok\n"), Ok(()));
        for line in
            ["test full ... ignored\n", "test full ... FAILED\n", "test refused::full ... ok\n", ""]
        {
            let expected = "the test `ch04-send::limits::full` did not run, or did not pass";
            assert_eq!(log(line), Err(expected.to_owned()));
        }
        // The test of that name in another program.
        let other = Log::parse("Running (target/debug/deps/other-1)\ntest tests::full ... ok\n");
        assert!(tests.find("ch04-send::tests::full", Some(&other)).is_err());
    }
}
