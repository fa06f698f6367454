//! Rust: whether it is new enough for the book's crates, and for the book's own tools.

use std::process::Stdio;

use toml::Table;

use super::finding::Finding;
use crate::command::command;

const ABOUT: &str = "Rust";
const UPDATE: &str = "`rustup update stable` (https://rustup.rs installs rustup)";

/// Of the whole repository.
const MANIFEST: &str = include_str!("../../../Cargo.toml");

/// Major and minor number.
type Version = (u32, u32);

pub(crate) fn check() -> Finding {
    let here = command("rustc")
        .arg("--version")
        .stdin(Stdio::null())
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
        .unwrap_or_default();
    judge(&here, &workspace(), env!("CARGO_PKG_RUST_VERSION"))
}

/// `rust-version` of the workspace.
fn workspace() -> String {
    let manifest: Table = MANIFEST.parse().unwrap_or_default();
    manifest
        .get("workspace")
        .and_then(|table| table.get("package")?.get("rust-version")?.as_str())
        .unwrap_or_default()
        .to_owned()
}

/// `here` is what `rustc --version` says.
fn judge(here: &str, crates: &str, tools: &str) -> Finding {
    let number = here.split_whitespace().nth(1).unwrap_or_default();
    let Some(version) = parse(number) else {
        return Finding::problem(
            ABOUT,
            "`rustc --version` does not tell a version",
            format!("put Rust {tools} or newer on the PATH: {UPDATE}"),
        );
    };
    if Some(version) < parse(crates) {
        return Finding::problem(
            ABOUT,
            format!("{number}, and the crates of the book need {crates}: they do not compile"),
            UPDATE,
        );
    }
    if Some(version) < parse(tools) {
        return Finding::note(
            ABOUT,
            format!(
                "{number}: enough for the book's crates ({crates}), too old for `cargo book` ({tools})"
            ),
            format!("{UPDATE}, or read the book elsewhere"),
        );
    }
    Finding::ok(
        ABOUT,
        format!("{number} (the crates need {crates}, the book's tools {tools})"),
    )
}

fn parse(version: &str) -> Option<Version> {
    let mut numbers = version.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::{judge, parse, workspace};
    use crate::doctor::finding::Mark;

    #[test]
    fn versions_are_compared_as_numbers() {
        let cases = [
            ("rustc 1.95.0 (59807616e 2026-04-14)", Mark::Ok),
            ("rustc 1.88.0 (6b00bc388 2025-06-23)", Mark::Ok),
            ("rustc 1.100.0-nightly (abc 2026-11-01)", Mark::Ok),
            ("rustc 1.87.0 (17067e9ac 2025-05-09)", Mark::Note),
            ("rustc 1.85.1 (4eb161250 2025-03-15)", Mark::Note),
            ("rustc 1.63.0", Mark::Problem),
            ("rustc 1.9.0", Mark::Problem),
            ("", Mark::Problem),
        ];
        for (here, mark) in cases {
            let finding = judge(here, "1.85", "1.88");
            assert_eq!(finding.mark, mark, "{here}: {finding}");
        }
    }

    #[test]
    fn the_workspace_says_what_it_needs() {
        assert!(parse(&workspace()).is_some());
    }
}
