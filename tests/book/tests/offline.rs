//! What the page "How to practise" promises to readers without a network: one `cargo fetch` in the
//! repository is enough for the exercises, which are a workspace of their own.

use std::collections::BTreeSet;
use std::fs;

use book_tests::book::root;

/// The packages that have to be fetched: name, version and checksum of each.
fn fetched(lock: &str) -> BTreeSet<Vec<String>> {
    let text =
        fs::read_to_string(root().join(lock)).unwrap_or_else(|error| panic!("{lock}: {error}"));
    let packages = text.split("\n[[package]]\n").skip(1);
    let from_a_registry = packages.filter(|package| package.contains("\nsource = "));
    let lines = |package: &str| {
        let lines = package.lines();
        let known = |line: &&str| {
            ["name", "version", "checksum"].contains(&line.split(' ').next().unwrap_or(""))
        };
        lines.filter(known).map(str::to_owned).collect()
    };
    from_a_registry.map(lines).collect()
}

#[test]
fn exercises_need_no_package_that_the_repository_does_not() {
    let (repository, exercises) = (fetched("Cargo.lock"), fetched("practice/Cargo.lock"));
    let more: Vec<_> = exercises.difference(&repository).collect();
    assert!(
        exercises.len() > 5,
        "practice/Cargo.lock lists {} packages: is it read as it is written?",
        exercises.len()
    );
    assert!(
        more.is_empty(),
        "`cargo fetch` in the repository does not fetch all that practice/ needs. Give practice/Cargo.lock the \
         versions of Cargo.lock (cargo update --precise): {more:?}"
    );
}
