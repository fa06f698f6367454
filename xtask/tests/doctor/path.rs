//! Programs that are not on the PATH, or are others than the book means.

use std::env;
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;

use tempfile::TempDir;

use crate::report::{Report, doctor};

/// What the command asks for, and what those need.
const PROGRAMS: [&str; 8] = [
    "cc", "ipcs", "ipcrm", "ipcmk", "lsipc", "unshare", "true", "rustc",
];

/// A folder with all of them but these.
fn without(missing: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = env::var_os("PATH").unwrap();
    for program in PROGRAMS {
        if missing.contains(&program) {
            continue;
        }
        let real = env::split_paths(&path)
            .map(|folder| folder.join(program))
            .find(|candidate| candidate.exists())
            .unwrap_or_else(|| panic!("these tests need {program} on the PATH"));
        symlink(real, folder.path().join(program)).unwrap();
    }
    folder
}

/// A program in `folder` that prints this line, whatever it is asked.
fn says(folder: &TempDir, program: &str, line: &str) {
    let file = folder.path().join(program);
    fs::write(&file, format!("#!/bin/sh\necho '{line}'\n")).unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o755)).unwrap();
}

fn doctor_with(folder: &TempDir) -> Command {
    let mut doctor = doctor();
    doctor.env("PATH", folder.path());
    doctor
}

#[test]
fn all_here_will_do() {
    support::alone(|_room| {
        Report::of(doctor_with(&without(&[])))
            .says("ok       C compiler: ", &[])
            .says("ok       ipcs, ipcrm: ipcs from util-linux", &[])
            .says("ok       ipcmk, lsipc: ", &[])
            .says("ok       Rust: ", &[]);
    });
}

#[test]
fn no_compiler_is_a_problem() {
    support::in_namespace(|_room| {
        Report::of(doctor_with(&without(&["cc"]))).stops(1).says(
            "problem  C compiler: there is no `cc`",
            &["To do: install one (apt-get install gcc"],
        );
    });
}

#[test]
fn missing_watchers_are_a_problem() {
    support::in_namespace(|_room| {
        Report::of(doctor_with(&without(&["ipcs", "ipcrm"])))
            .stops(1)
            .says(
                "problem  ipcs, ipcrm: ipcs and ipcrm not on the PATH",
                &["To do: install util-linux"],
            );
        Report::of(doctor_with(&without(&["ipcrm"])))
            .stops(1)
            .says("problem  ipcs, ipcrm: ipcrm not on the PATH", &[]);
    });
}

#[test]
fn what_no_session_needs_is_noted() {
    support::in_namespace(|_room| {
        Report::of(doctor_with(&without(&["lsipc", "unshare"])))
            .will_do()
            .says("note     ipcmk, lsipc: lsipc not on the PATH", &[])
            .says("note     namespaces: `unshare` is missing", &["util-linux"]);
    });
}

#[test]
fn other_peoples_ipcs_is_noted() {
    support::in_namespace(|_room| {
        let folder = without(&["ipcs"]);
        says(
            &folder,
            "ipcs",
            "BusyBox v1.36.1 (2024-06-10) multi-call binary.",
        );
        Report::of(doctor_with(&folder)).will_do().says(
            "note     ipcs, ipcrm: these are not util-linux",
            &["BusyBox v1.36.1"],
        );
    });
}

#[test]
fn old_rust_is_a_problem() {
    support::in_namespace(|_room| {
        let folder = without(&["rustc"]);
        says(&folder, "rustc", "rustc 1.63.0");
        Report::of(doctor_with(&folder)).stops(1).says(
            "problem  Rust: 1.63.0, and the crates of the book need 1.85",
            &["rustup update stable"],
        );
    });
}

#[test]
fn no_rust_is_a_problem() {
    support::in_namespace(|_room| {
        Report::of(doctor_with(&without(&["rustc"])))
            .stops(1)
            .says("problem  Rust: ", &["rustup"]);
    });
}

#[test]
fn optional_tools_are_found() {
    support::in_namespace(|_room| {
        let folder = without(&[]);
        says(&folder, "rustlings", "rustlings 6.5.0");
        Report::of(doctor_with(&folder))
            .will_do()
            .says("ok       rustlings: rustlings 6.5.0", &[]);
    });
}
