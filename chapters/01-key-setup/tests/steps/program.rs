//! The program: prints keys.

use assert_cmd::Command;
use assert_cmd::cargo::{cargo_bin, cargo_bin_cmd};
use ch01_key_setup::Key;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;

use crate::folder::Folder;

fn ch01(args: &[&str]) -> Command {
    let mut command = cargo_bin_cmd!("ch01");
    command.args(args);
    command
}

#[test]
fn number_is_printed_as_ipcs_does() {
    for (number, key) in
        [("1234", "0x000004d2\n"), ("0x4d2", "0x000004d2\n"), ("-1", "0xffffffff\n")]
    {
        ch01(&[number]).assert().success().stdout(key).stderr("");
    }
}

#[test]
fn key_of_a_file_is_printed() {
    let folder = Folder::new("program");
    let path = folder.file("file");
    let text = path.to_str().expect("a path in UTF-8");
    let key = |project| format!("{}\n", Key::from_file(&path, project).expect("it is there"));
    ch01(&[text]).assert().success().stdout(key(1));
    ch01(&[text, "7"]).assert().success().stdout(key(7));
}

#[test]
fn missing_file_is_explained() {
    ch01(&["/nothing/here"])
        .assert()
        .code(1)
        .stdout("")
        .stderr(contains("/nothing/here").and(contains("has to exist")).and(contains("(ENOENT)")));
}

#[test]
fn zero_is_refused_with_a_reason() {
    ch01(&["0"]).assert().code(2).stdout("").stderr(contains("IPC_PRIVATE"));
}

#[test]
fn mistyped_number_is_not_taken_for_a_file() {
    for number in ["99999999999", "0x1ffffffff", "12a4", "-5x"] {
        ch01(&[number]).assert().code(2).stdout("").stderr(
            contains("2147483647").and(contains(format!("(a file of this name is ./{number})"))),
        );
    }
}

#[test]
fn project_outside_1_to_255_is_refused() {
    for project in ["0", "256", "-1", "A"] {
        ch01(&["/", project]).assert().code(2).stdout("").stderr(contains("1 to 255"));
    }
}

#[test]
fn usage_is_printed_for_help_and_after_misuse() {
    support::usage_is_printed(cargo_bin!("ch01"), &[&[][..], &["/", "1", "2"]]);
}

#[test]
fn echoed_arguments_hide_nothing() {
    for hidden in ['\u{3164}', '\u{2800}', '\u{200b}', '\u{a0}', '\u{1b}'] {
        let shown = hidden.escape_unicode().to_string();
        for args in [&[&*format!("/{hidden}/x")][..], &["/", &format!("1{hidden}")]] {
            let done = ch01(args).assert().failure().stdout("");
            done.stderr(contains(shown.as_str()));
        }
    }
}
