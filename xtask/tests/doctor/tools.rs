//! Programs that are not on the PATH, or are others than the book means.

use xtask::mdbook::VERSION;

use crate::machine::Machine;

#[test]
fn complete_machine_will_do() {
    support::in_namespace(|_room| {
        Machine::new().examine(|report| {
            report.will_do();
            for program in ["cc", "ipcs", "ipcrm", "ipcmk", "lsipc"] {
                report.says(&format!("ok       {program}: here, for "), &[]);
            }
            report.says("ok       Rust: 1.95.0", &[]);
        });
    });
}

/// What is missing, how many problems that makes, and what is said of it.
#[test]
fn missing_programs_are_reported() {
    let rows = [
        (
            &["cc"][..],
            1,
            "problem  cc: not here",
            "To do: install one (apt-get install gcc",
        ),
        (
            &["ipcs", "ipcrm"],
            2,
            "problem  ipcs: not here",
            "To do: install util-linux",
        ),
        (
            &["ipcrm"],
            1,
            "problem  ipcrm: not here",
            "To do: install util-linux",
        ),
        (
            &["rustc"],
            1,
            "problem  Rust: rustc and cargo are not both",
            "https://rustup.rs",
        ),
        (
            &["cargo"],
            1,
            "problem  Rust: rustc and cargo are not both",
            "https://rustup.rs",
        ),
        (&["cc", "ipcs", "rustc"], 3, "problem  cc: ", ""),
        (&["lsipc"], 0, "note     lsipc: not here", "util-linux"),
        (
            &["perl"],
            0,
            "ok       message queues: made a private one and removed it",
            "sending was not tried",
        ),
        (
            &["ipcmk"],
            0,
            "ok       message queues: made a private one, sent 5 bytes",
            "",
        ),
        (
            &["perl", "ipcmk"],
            0,
            "note     message queues: not tried",
            "To do: install util-linux",
        ),
        (
            &["perl", "ipcrm"],
            1,
            "note     message queues: not tried",
            "To do: install util-linux",
        ),
    ];
    support::in_namespace(|room| {
        for (missing, problems, begin, part) in rows {
            Machine::new().without(missing).examine(|report| {
                match problems {
                    0 => report.will_do(),
                    _ => report.stops(problems),
                };
                report.says(begin, &[part]);
                assert!(room.queues().is_empty());
            });
        }
    });
}

#[test]
fn perl_that_does_not_work_is_as_good_as_none() {
    support::in_namespace(|_room| {
        Machine::new().with("perl", "exit 127").examine(|report| {
            report.will_do().says(
                "ok       message queues: made a private one and removed it",
                &[],
            );
        });
    });
}

#[test]
fn busyboxes_ipcs_is_noted() {
    support::in_namespace(|_room| {
        let says = "echo 'BusyBox v1.36.1 (2024-06-10) multi-call binary.' >&2; exit 1";
        Machine::new().with("ipcs", says).examine(|report| {
            report.will_do().says(
                "note     ipcs: not util-linux's (BusyBox v1.36.1",
                &["other columns"],
            );
        });
    });
}

/// The tools of the later parts: none of them is on this machine, then all are.
#[test]
fn tools_for_later_are_noted() {
    let tools = [
        ("rustlings", "practice/"),
        ("nats-server", "chapter 15"),
        ("valgrind", "cargo xtask valgrind"),
        ("strace", "cargo xtask throughput"),
        ("wasm-opt", "cargo xtask wasm"),
        ("npm", "tests/site"),
        ("chromium", "cargo xtask pdf"),
        ("nightly", "cargo xtask asan"),
        ("mdbook", "book"),
    ];
    support::in_namespace(|_room| {
        Machine::new().examine(|report| {
            report.will_do();
            for (tool, purpose) in tools {
                report.says(
                    &format!("note     {tool}: "),
                    &["not here", purpose, "To do: "],
                );
            }
        });
        let mut machine = Machine::new()
            .with("rustup", "echo nightly-x86_64-unknown-linux-gnu")
            .with("mdbook", &format!("echo mdbook v{VERSION}"));
        for (tool, _) in &tools[..7] {
            machine = machine.with(tool, "");
        }
        machine.examine(|report| {
            report.will_do().lacks("note ");
            for (tool, purpose) in tools {
                report.says(&format!("ok       {tool}: "), &[purpose]);
            }
        });
        // Another browser, named as the tests of the pages want it.
        let named = |mut doctor: std::process::Command| {
            doctor.env("CHROMIUM", "/bin/sh");
            doctor
        };
        Machine::new().examine_as(named, |report| {
            report
                .says("ok       /bin/sh: here", &[])
                .lacks("chromium:");
        });
        Machine::new()
            .with("mdbook", "echo mdbook v0.4.40")
            .examine(|report| {
                report.says(
                    &format!("note     mdbook: mdbook v{VERSION}"),
                    &["is not here"],
                );
            });
    });
}

#[test]
fn versions_of_rust_are_compared_as_numbers() {
    let rows = [
        (
            "rustc 1.95.0 (59807616e 2026-04-14)",
            "ok       Rust: 1.95.0",
        ),
        (
            "rustc 1.88.0 (6b00bc388 2025-06-23)",
            "ok       Rust: 1.88.0",
        ),
        (
            "rustc 1.100.0-nightly (abc 2026-11-01)",
            "ok       Rust: 1.100.0-nightly",
        ),
        (
            "rustc 1.87.0 (17067e9ac 2025-05-09)",
            "note     Rust: 1.87.0 does for chapters 1 to 6, not for xtask/Cargo.toml (1.88). To do: ",
        ),
        (
            "rustc 1.85.1 (4eb161250 2025-03-15)",
            "note     Rust: 1.85.1",
        ),
        (
            "rustc 1.63.0",
            "problem  Rust: 1.63.0 is too old, nothing of the book compiles: see rust-version in Cargo.toml (1.85), xtask",
        ),
        ("rustc 1.9.0", "problem  Rust: 1.9.0"),
        ("", "problem  Rust: rustc and cargo"),
    ];
    support::in_namespace(|_room| {
        for (says, begin) in rows {
            Machine::new()
                .with("rustc", &format!("echo '{says}'"))
                .examine(|report| {
                    report.says(begin, &[]);
                    match begin.starts_with("problem") {
                        true => report.stops(1),
                        false => report.will_do(),
                    };
                });
        }
    });
}
