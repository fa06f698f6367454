//! The other programs: a linker, the ones that watch queues, and the ones that are pleasant to have.

use std::path::Path;
use std::process::{Command, Stdio};

use super::finding::Finding;
use crate::command::root;
use crate::mdbook;

const UTIL_LINUX: &str = "util-linux";

pub(crate) fn check() -> Vec<Finding> {
    vec![compiler(), watchers(), makers(), mdbook(), rustlings()]
}

/// The first line of what the program says of its version; `None` where it cannot be started.
fn version(program: impl AsRef<Path>) -> Option<String> {
    let output = Command::new(program.as_ref())
        .arg("--version")
        .stdin(Stdio::null())
        .output()
        .ok()?;
    // BusyBox complains about the option, and tells its version on the way.
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text);
    Some(
        text.lines()
            .next()
            .unwrap_or("of an unknown version")
            .trim()
            .to_owned(),
    )
}

fn compiler() -> Finding {
    match version("cc") {
        Some(version) => Finding::ok("C compiler", version),
        None => Finding::problem(
            "C compiler",
            "there is no `cc` on the PATH, and Rust links its programs with it: nothing compiles",
            "install one (apt-get install gcc, dnf install gcc, apk add build-base)",
        ),
    }
}

fn watchers() -> Finding {
    const ABOUT: &str = "ipcs, ipcrm";
    let install =
        format!("install {UTIL_LINUX} (apt-get install {UTIL_LINUX}, apk add {UTIL_LINUX}-misc)");
    let missing = missing(&["ipcs", "ipcrm"]);
    if !missing.is_empty() {
        return Finding::problem(
            ABOUT,
            format!(
                "{} not on the PATH: the sessions look at queues with the one and remove them with the other",
                missing.join(" and ")
            ),
            install,
        );
    }
    let version = version("ipcs").unwrap_or_default();
    if version.contains(UTIL_LINUX) {
        return Finding::ok(ABOUT, version);
    }
    Finding::note(
        ABOUT,
        format!(
            "these are not {UTIL_LINUX}'s ({version}): they print other columns than the book shows"
        ),
        install,
    )
}

fn makers() -> Finding {
    const ABOUT: &str = "ipcmk, lsipc";
    let missing = missing(&["ipcmk", "lsipc"]);
    if missing.is_empty() {
        return Finding::ok(
            ABOUT,
            "here, for making and listing queues without a program of ours",
        );
    }
    Finding::note(
        ABOUT,
        format!(
            "{} not on the PATH; no session of the book needs them, some tests of the harness do",
            missing.join(" and ")
        ),
        format!("nothing, or install {UTIL_LINUX}"),
    )
}

fn mdbook() -> Finding {
    match mdbook::find() {
        Some(path) => Finding::ok(
            "mdbook",
            format!("{} is the version the book is made with", path.display()),
        ),
        None => Finding::note(
            "mdbook",
            "the version that the book is made with is not here",
            "nothing: `cargo book` installs it into target/tools the first time, in 2 to 3 minutes",
        ),
    }
}

fn rustlings() -> Finding {
    let ours = root().join("target/tools/bin/rustlings");
    match version("rustlings").or_else(|| version(ours)) {
        Some(version) => Finding::ok("rustlings", version),
        None => Finding::note(
            "rustlings",
            "not here; it watches you solve the exercises in practice/",
            "`cargo install rustlings`, when you come to them; `cargo test --bin NAME` in practice/ does without",
        ),
    }
}

fn missing<'a>(programs: &[&'a str]) -> Vec<&'a str> {
    let mut missing = programs.to_vec();
    missing.retain(|program| version(program).is_none());
    missing
}
