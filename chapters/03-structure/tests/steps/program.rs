//! The program: prints messages byte by byte.

use assert_cmd::Command;
use assert_cmd::cargo::{cargo_bin, cargo_bin_cmd};
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;

fn ch03(args: &[&str]) -> Command {
    let mut command = cargo_bin_cmd!("ch03");
    command.args(args);
    command
}

#[cfg(all(target_pointer_width = "64", target_endian = "little"))]
#[test]
fn bytes_are_printed_as_the_kernel_reads_them() {
    ch03(&["258", "hello, you"]).assert().success().stderr("").stdout(
        "offset  bytes                    meaning\n     \
         0  02 01 00 00 00 00 00 00  type 258, a C long: 8 bytes that msgsz does not count\n     \
         8  68 65 6c 6c 6f 2c 20 79  \"hello, y\"\n    \
         16  6f 75 00                 \"ou\\x00\"\n\
         msgsz   11\n",
    );
}

#[test]
fn size_counts_the_text_and_its_nul() {
    for (text, size) in [("", "msgsz   1\n"), ("hello", "msgsz   6\n")] {
        ch03(&["1", text]).assert().success().stdout(contains(size));
    }
}

#[test]
fn wrong_type_is_refused_with_a_reason() {
    for number in ["0", "-1", "one", "99999999999999999999"] {
        ch03(&[number, "hello"])
            .assert()
            .code(2)
            .stdout("")
            .stderr(contains(number).and(contains("a whole number from 1 to")));
    }
}

#[test]
fn usage_is_printed_for_help_and_after_misuse() {
    support::usage_is_printed(cargo_bin!("ch03"), &[&[][..], &["1"], &["1", "two", "three"]]);
}
