//! The tests that there are, found in the sources.
//!
//! `cargo test -- --list` would tell as well, but only after compiling the tests of every package.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::book::{collect, read};

/// Every function with `#[test]`, by package.
#[derive(Debug, Default)]
pub struct Tests {
    packages: BTreeMap<String, Vec<Test>>,
}

#[derive(Debug)]
struct Test {
    /// The file in `tests/` or the modules that it is in, outermost first.
    modules: Vec<String>,
    name: String,
}

impl Tests {
    /// Finds the tests of every package of the workspace at `root`.
    pub fn of(root: &Path) -> Self {
        let mut tests = Self::default();
        tests.add_package(root, root);
        for folder in ["chapters", "tests", "simulator", "."] {
            let Ok(entries) = fs::read_dir(root.join(folder)) else {
                continue;
            };
            for entry in entries.flatten() {
                tests.add_package(root, &entry.path());
            }
        }
        tests
    }

    /// Whether this is written like the name of a test: `PACKAGE::...`, of a package that is here.
    pub fn is_name(&self, text: &str) -> bool {
        let package = text.split_once("::").map(|(package, _)| package);
        package.is_some_and(|package| self.packages.contains_key(package))
    }

    /// The same where it cannot be a path in code: those have no hyphens.
    pub fn is_surely_name(&self, text: &str) -> bool {
        let package = text.split("::").next().unwrap_or_default();
        package.contains('-') && self.is_name(text)
    }

    /// Looks a test up.
    ///
    /// # Errors
    ///
    /// Says that there is none.
    pub fn find(&self, text: &str) -> Result<(), String> {
        let mut parts = text.split("::");
        let package = parts.next().unwrap_or_default();
        let mut between: Vec<&str> = parts.collect();
        let name = between.pop().unwrap_or_default();
        let there = self.packages.get(package).map_or(&[][..], Vec::as_slice);
        let found = there.iter().any(|test| {
            let mut modules = test.modules.iter();
            // Each part that is given leads further in.
            test.name == name
                && between
                    .iter()
                    .all(|part| modules.any(|module| module == part))
        });
        if found {
            return Ok(());
        }
        let place = match between.as_slice() {
            [] => String::new(),
            parts => format!(" in `{}`", parts.join("::")),
        };
        Err(format!(
            "there is no test `{text}`: {package} has none of that name{place}"
        ))
    }

    /// The names of the tests in this file of a package's tests, or in this module.
    pub fn within<'a>(&'a self, package: &str, module: &'a str) -> impl Iterator<Item = &'a str> {
        let there = self.packages.get(package).map_or(&[][..], Vec::as_slice);
        let inside = there
            .iter()
            .filter(move |test| test.modules.iter().any(|it| it == module));
        inside.map(|test| test.name.as_str())
    }

    /// Whether `log`, what `cargo test` printed, says that a test passed.
    ///
    /// # Errors
    ///
    /// Says that it does not.
    pub fn ran(text: &str, log: &str) -> Result<(), String> {
        let parts: Vec<&str> = text.split("::").collect();
        let name = parts.last().copied().unwrap_or_default();
        let passed = log.lines().any(|line| {
            let test = line
                .strip_prefix("test ")
                .and_then(|it| it.split_once(" ... "));
            test.is_some_and(|(path, result)| {
                path.split("::").last() == Some(name) && result == "ok"
            })
        });
        let missing = || format!("the test `{text}` did not run, or did not pass");
        passed.then_some(()).ok_or_else(missing)
    }

    fn add_package(&mut self, root: &Path, folder: &Path) {
        let Ok(manifest) = fs::read_to_string(folder.join("Cargo.toml")) else {
            return;
        };
        let package = manifest.split("[package]").nth(1).unwrap_or_default();
        let name = package.lines().find_map(|line| {
            let value = line.strip_prefix("name")?.trim_start().strip_prefix('=')?;
            Some(value.trim().trim_matches('"').to_owned())
        });
        let Some(name) = name else {
            return;
        };
        let mut tests = Vec::new();
        for part in ["src", "tests"] {
            let mut files = Vec::new();
            collect(root, &folder.join(part), "rs", &mut files);
            for file in files {
                let file = root.join(file);
                if !is_in_package_below(folder, &file) {
                    let modules = modules(&folder.join(part), &file);
                    tests.extend(in_source(&read(&file), &modules));
                }
            }
        }
        self.packages.insert(name, tests);
    }
}

/// Whether a file below `folder` belongs to another package, in a folder of its own.
fn is_in_package_below(folder: &Path, file: &Path) -> bool {
    let mut above = file.ancestors().skip(1).take_while(|it| *it != folder);
    above.any(|it| it.join("Cargo.toml").exists())
}

/// The modules that a file's place stands for: `tests/shutdown.rs` is in `shutdown`.
fn modules(part: &Path, file: &Path) -> Vec<String> {
    let place = file.strip_prefix(part).unwrap_or(file).with_extension("");
    let names = place.iter().map(|name| name.to_string_lossy().into_owned());
    names
        .filter(|name| !["lib", "main", "mod"].contains(&name.as_str()))
        .collect()
}

/// The tests in a source file. A module is over where a line closes it as far to the left as it
/// was opened, which holds for formatted code.
fn in_source(text: &str, modules: &[String]) -> Vec<Test> {
    let mut tests = Vec::new();
    let mut inner: Vec<(usize, String)> = Vec::new();
    let mut is_test = false;
    for line in text.lines() {
        let code = line.trim_start();
        let indent = line.len() - code.len();
        let code = code.trim_end();
        if code == "}" && inner.last().is_some_and(|(open, _)| *open == indent) {
            inner.pop();
        }
        if let Some(name) = code
            .strip_prefix("mod ")
            .and_then(|it| it.strip_suffix(" {"))
        {
            inner.push((indent, name.to_owned()));
        }
        if code == "#[test]" {
            is_test = true;
        } else if let Some((_, rest)) = code.split_once("fn ").filter(|_| is_test) {
            let name = rest.split(['(', '<']).next().unwrap_or_default().to_owned();
            let inner = inner.iter().map(|(_, name)| name.clone());
            let modules = modules.iter().cloned().chain(inner).collect();
            tests.push(Test { modules, name });
            is_test = false;
        }
    }
    tests
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_found_in_files_and_in_modules() {
        let code = "#[test]\nfn outside() {}\nfn helper() {}\n#[cfg(test)]\nmod inner {\n    \
                    #[test]\n    #[should_panic]\n    fn inside() {\n    }\n}\n\
                    #[test]\nfn after() {}\n";
        let found = in_source(code, &["shutdown".to_owned()]);
        let found: Vec<String> = found
            .iter()
            .map(|test| format!("{}::{}", test.modules.join("::"), test.name))
            .collect();
        let expected = [
            "shutdown::outside",
            "shutdown::inner::inside",
            "shutdown::after",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_test_that_was_skipped_or_failed_did_not_pass() {
        let log =
            "running 3 tests\ntest limits::full ... ok\ntest a ... ignored\ntest b ... FAILED\n";
        assert_eq!(Tests::ran("ch04-send::full", log), Ok(()));
        for name in ["ch04-send::a", "ch04-send::b", "ch04-send::empty"] {
            let expected = format!("the test `{name}` did not run, or did not pass");
            assert_eq!(Tests::ran(name, log), Err(expected));
        }
    }

    #[test]
    fn this_very_test_is_found_from_outside() {
        let tests = Tests::of(crate::book::root());
        let name = "book-tests::tests_there::this_very_test_is_found_from_outside";
        assert!(tests.is_name(name));
        assert_eq!(tests.find(name), Ok(()));
        let mut here = tests.within("book-tests", "tests_there");
        assert!(here.any(|test| name.ends_with(test)));
        assert_eq!(tests.within("sysv-mq", "tests_there").count(), 0);
        assert!(
            tests
                .find("sysv-mq::this_very_test_is_found_from_outside")
                .is_err()
        );
    }
}
