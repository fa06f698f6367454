//! The tests that there are, as cargo lists them.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::process::Command;
use std::sync::OnceLock;

use xtask::artifacts::{self, Artifact};

use crate::ran::Log;

/// Every test, by package.
#[derive(Debug, Default)]
pub struct Tests {
    packages: BTreeMap<String, Vec<Test>>,
}

#[derive(Debug)]
struct Test {
    /// The file name of the program that it is in.
    program: OsString,
    /// The program in `tests/` or `src/bin`, the modules and the test.
    path: Vec<String>,
}

impl Tests {
    /// The tests of every package of this workspace. Cargo builds them, unless it has already.
    ///
    /// # Panics
    ///
    /// When they do not compile.
    pub fn here() -> &'static Self {
        static HERE: OnceLock<Tests> = OnceLock::new();
        HERE.get_or_init(|| {
            // As in the run of all tests: with other packages, cargo would compile with other
            // features.
            let built = artifacts::build(&["test", "--quiet", "--workspace", "--no-run"]);
            let built = built.expect("the tests compile");
            let mut tests = Tests::default();
            for artifact in built.iter().filter(|artifact| artifact.is_test) {
                let list = Command::new(&artifact.path)
                    .arg("--list")
                    .current_dir(&artifact.package)
                    .output();
                let list = list.expect("a test program can be started").stdout;
                tests.add(artifact, &String::from_utf8_lossy(&list));
            }
            tests
        })
    }

    /// Adds what a test program lists.
    pub(crate) fn add(&mut self, artifact: &Artifact, list: &str) {
        let tests = self.packages.entry(artifact.package_name.clone());
        let tests = tests.or_default();
        for line in list.lines() {
            if let Some(path) = line.strip_suffix(": test") {
                let program = artifact.path.file_name().unwrap_or_default().to_owned();
                let path = [artifact.name.as_str()].into_iter().chain(path.split("::"));
                let path = path.map(str::to_owned).collect();
                tests.push(Test { program, path });
            }
        }
    }

    /// Whether this is written like the name of a test: `PACKAGE::...`, of a package that is here.
    pub fn is_name(&self, text: &str) -> bool {
        let package = text.split_once("::").map(|(package, _)| package);
        package.is_some_and(|package| self.packages.contains_key(package))
    }

    /// Looks a test up. With `log`, what `cargo test` printed, it must have passed in that run.
    ///
    /// # Errors
    ///
    /// Says that there is none, or that it did not pass.
    pub fn find(&self, text: &str, log: Option<&Log>) -> Result<(), String> {
        let parts: Vec<&str> = text.split("::").collect();
        let (package, wanted) = parts.split_first().expect("one part at least");
        let Some(there) = self.packages.get(*package) else {
            return Err(format!("there is no package {package}, nor `{text}`"));
        };
        let mut found = there.iter().filter(|test| test.is_called(wanted)).peekable();
        if found.peek().is_none() {
            return Err(format!("there is no test `{text}`"));
        }
        match log {
            Some(log)
                if !found.any(|test| log.has_passed(&test.program, &test.path[1..].join("::"))) =>
            {
                Err(format!("the test `{text}` did not run, or did not pass"))
            }
            _ => Ok(()),
        }
    }

    /// The functions behind a `#[test]` in this file that cargo does not list: its manifest may say
    /// `test = false` of their library or program.
    pub fn unlisted<'a>(&self, code: &'a str) -> impl Iterator<Item = &'a str> {
        let mut lines = code.lines();
        let names = std::iter::from_fn(move || {
            lines.by_ref().find(|line| line.trim() == "#[test]")?;
            lines.by_ref().find_map(|line| line.split_once("fn ")?.1.split(['(', '<']).next())
        });
        // `$name`, in a macro, is many tests.
        names.filter(|name| !name.starts_with('$')).filter(|name| {
            let mut all = self.packages.values().flatten();
            !all.any(|test| test.path.last().map(String::as_str) == Some(name))
        })
    }

    /// The names of the tests in this program or module of a package.
    pub fn within<'a>(&'a self, package: &str, module: &'a str) -> impl Iterator<Item = &'a str> {
        let there = self.packages.get(package).map_or(&[][..], Vec::as_slice);
        let inside = there.iter().filter(move |test| test.path.iter().any(|it| it == module));
        inside.filter_map(|test| test.path.last().map(String::as_str))
    }
}

impl Test {
    /// Whether these parts of a name end with the test's own, and each leads further in.
    fn is_called(&self, wanted: &[&str]) -> bool {
        let mut path = self.path.iter();
        self.path.last().map(String::as_str) == wanted.last().copied()
            && wanted.iter().all(|part| path.any(|it| it == part))
    }
}

/// Whether a name can only be that of a test: a path in code has no hyphens.
pub fn is_surely_name(text: &str) -> bool {
    let package = text.split_once("::").map_or("", |(package, _)| package);
    let mut characters = package.chars();
    package.contains('-') && characters.all(|it| it == '-' || it.is_ascii_alphanumeric())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Two test programs of a package ch04-send.
    pub(crate) fn two_programs() -> Tests {
        let mut tests = Tests::default();
        for (program, list) in [
            ("ch04_send", "tests::full: test\n\n1 test, 0 benchmarks\n"),
            ("limits", "full: test\nrefused::long: test\n"),
        ] {
            let artifact = Artifact {
                name: program.into(),
                is_test: true,
                path: format!("/target/debug/deps/{program}-5f2b").into(),
                package: "/chapters/04-send".into(),
                package_name: "ch04-send".into(),
            };
            tests.add(&artifact, list);
        }
        tests
    }

    #[test]
    fn test_is_found_by_what_leads_to_it() {
        let tests = two_programs();
        for name in ["full", "limits::full", "tests::full", "limits::refused::long", "limits::long"]
        {
            assert_eq!(tests.find(&format!("ch04-send::{name}"), None), Ok(()));
        }
        for name in ["ch04-send::empty", "ch04-send::limits::tests::full", "ch04-send::refused"] {
            let expected = Err(format!("there is no test `{name}`"));
            assert_eq!(tests.find(name, None), expected);
        }
        let reason = tests.find("ch05-receive::full", None).unwrap_err();
        assert!(reason.starts_with("there is no package ch05-receive"), "{reason}");
    }

    #[test]
    fn test_that_cargo_does_not_list_is_found() {
        let code = |name: &str| format!("mod tests {{\n    #[test]\n    fn {name}() {{}}\n}}\n");
        let tests = two_programs();
        assert_eq!(tests.unlisted(&code("full")).count(), 0);
        assert_eq!(tests.unlisted(&code("lost")).collect::<Vec<_>>(), ["lost"]);
    }

    #[test]
    fn name_with_a_hyphen_can_only_be_a_test() {
        assert!(is_surely_name("ch04-send::full"));
        for code in ["ch04_send::Sender", "ch04-send", "a - b::c", "support::alone"] {
            assert!(!is_surely_name(code), "{code}");
        }
    }
}
