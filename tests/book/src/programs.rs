//! The programs of this repository, as `cargo run` would start them.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Builds every program that a page may run, once, and returns the folder they are in.
///
/// `cargo test -p book-tests` builds only this package's own programs.
///
/// # Panics
///
/// When they do not compile.
pub fn build(beside: &Path) -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        // The same profile and folder as the test's own: .../target/debug/session.
        let folder = beside.parent().expect("a program is in a folder");
        let target = folder.parent().expect("the profile's folder is in the target folder");
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--quiet", "--workspace", "--bins", "--examples"]);
        cargo.arg("--target-dir");
        cargo.arg(target).current_dir(crate::book::root());
        if folder.ends_with("release") {
            cargo.arg("--release");
        }
        let status = cargo.status().expect("cargo started these tests");
        assert!(status.success(), "the programs of the book do not compile: see above");
        folder.to_owned()
    })
}

/// The program that `cargo run` with these arguments starts, and the arguments it gets.
///
/// # Errors
///
/// Says what a page should write instead.
pub fn of_cargo_run(arguments: &[String]) -> Result<(String, &[String]), String> {
    let (cargo, own) = match arguments.iter().position(|it| it == "--") {
        Some(at) => (&arguments[..at], &arguments[at + 1..]),
        None => (arguments, &[][..]),
    };
    let cargo: Vec<&str> = cargo.iter().map(String::as_str).collect();
    if let ["run", "-q", "--example", example] = cargo.as_slice() {
        return Ok((format!("examples/{example}"), own));
    }
    let (package, bin) = match cargo.as_slice() {
        ["run", "-q"] => ("sysv-mq", None),
        ["run", "-q", "-p", package] => (*package, None),
        ["run", "-q", "--bin", bin] => ("sysv-mq", Some(*bin)),
        ["run", "-q", "-p", package, "--bin", bin] => (*package, Some(*bin)),
        _ => {
            let typed = cargo.join(" ");
            return Err(format!(
                "`cargo {typed}` is not run here: write `cargo run -q -p PACKAGE -- ...` or \
                 `cargo run -q --bin server -- ...`"
            ));
        }
    };
    let program = match (package, bin) {
        (_, Some(bin)) => bin,
        ("sysv-mq", None) => "server",
        ("ch15-beyond", None) => "bridge",
        // Package ch04-send has the program ch04.
        (package, None) => package.split('-').next().unwrap_or(package),
    };
    Ok((program.to_owned(), own))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(typed: &str) -> Result<(String, Vec<String>), String> {
        let arguments: Vec<String> = typed.split(' ').map(str::to_owned).collect();
        of_cargo_run(&arguments).map(|(program, own)| (program, own.to_vec()))
    }

    #[test]
    fn cargo_run_finds_the_program_of_a_package() {
        let expected = ("ch04".to_owned(), vec!["hello".to_owned()]);
        assert_eq!(program("run -q -p ch04-send -- hello"), Ok(expected));
        assert_eq!(program("run -q").unwrap().0, "server");
        assert_eq!(program("run -q --bin client").unwrap().0, "client");
        assert_eq!(program("run -q -p sysv-mq --bin client").unwrap().0, "client");
        assert_eq!(program("run -q --example first").unwrap().0, "examples/first");
    }

    #[test]
    fn other_uses_of_cargo_are_refused() {
        assert!(program("xtask practice").is_err());
        assert!(program("run -p ch04-send").unwrap_err().contains("`cargo run -q -p PACKAGE"));
        assert!(program("test").is_err());
    }
}
