//! `cargo xtask valgrind`: no uninitialised byte goes to the kernel, and it writes nowhere that it
//! must not.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use crate::command::{command, spawn};
use crate::faults;
use crate::harness::{alone, compile};
use dialogue::dialogue;
use xtask::artifacts::{self, Artifact};

mod dialogue;

const REMEDY: &str = "valgrind is needed here (on Debian and Ubuntu: apt-get install valgrind)";

/// The exit status that tells a finding of valgrind's from a failure of the program.
const FOUND: i32 = 9;

/// What the dialogue may take, at the pace of valgrind.
const LIMIT: Duration = Duration::from_secs(120);

pub(crate) fn run() -> Result<()> {
    prove_that_it_finds()?;

    // Without chapter 10: three of its tests fail here. They look at handlers and pending signals,
    // of which valgrind keeps an account of its own.
    let mut arguments = vec!["test", "--no-run"];
    for package in ["ch04-send", "ch05-receive", "ch11-request-reply", "ch12-rights"] {
        arguments.extend(["--package", package]);
    }
    let mut built = artifacts::build(&arguments)?;
    // Cargo builds the chapters' own programs as well, for the tests to start.
    built.retain(|artifact| artifact.is_test);
    let mut counts = Counts::default();
    for test in &built {
        let package = test.package.file_name().unwrap_or_default().to_string_lossy();
        println!("valgrind: chapter {package}, {}", test.name);
        counts.add(&tests_pass(test)?);
    }
    ensure!(counts.passed > 0, "the test programs ran, but there was no test in them");
    let faults = faults::ON_PURPOSE.len();
    ensure!(
        counts.skipped == faults,
        "xtask/src/faults.rs names {faults} tests, and {} of them are there",
        counts.skipped
    );

    println!("valgrind: server and client");
    let programs = artifacts::build(&["build", "--package", "sysv-mq", "--bins"])?;
    // Only now: tests that switch users are not to run in a namespace that an ordinary user may
    // make.
    let server = artifacts::named(&programs, "server")?;
    let client = artifacts::named(&programs, "client")?;
    alone(LIMIT, |room| {
        dialogue(&server, &client, room.key());
        Ok(())
    })?;

    println!(
        "valgrind: no error in {} tests, the server and the client ({} tests fault on purpose and were left out; \
         the leak in tests/c/leaky.c was found).",
        counts.passed, counts.skipped
    );
    Ok(())
}

/// Silence means something only where valgrind is known to speak up.
fn prove_that_it_finds() -> Result<()> {
    println!("valgrind: a program that leaks on purpose");
    let output = output(&mut valgrind(&compile("leaky")?))?;
    let found = String::from_utf8_lossy(&output.stderr)
        .contains("msgsnd(msgp->mtext) points to uninitialised");
    if output.status.code() != Some(FOUND) || !found {
        show(&output);
        bail!(
            "valgrind did not report the uninitialised bytes that tests/c/leaky.c sends ({}): \
             this check cannot find anything on this machine",
            output.status
        );
    }
    Ok(())
}

/// How many tests there were, as the test programs count them.
#[derive(Default)]
struct Counts {
    passed: usize,
    skipped: usize,
}

impl Counts {
    fn add(&mut self, other: &Counts) {
        self.passed += other.passed;
        self.skipped += other.skipped;
    }

    /// From the last line: `test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 3 filtered
    /// out; ...`
    fn read(output: &str) -> Option<Counts> {
        let line = output.lines().find_map(|line| line.strip_prefix("test result: ok. "))?;
        let count = |what| {
            let part = line.split("; ").find_map(|part| part.strip_suffix(what))?;
            part.trim().parse().ok()
        };
        Some(Counts { passed: count("passed")?, skipped: count("filtered out")? })
    }
}

/// Runs a test program under valgrind.
fn tests_pass(test: &Artifact) -> Result<Counts> {
    let mut valgrind = valgrind(&test.path);
    let output =
        output(valgrind.arg("--test-threads=1").args(faults::skip()).current_dir(&test.package))?;
    clean(&output).with_context(|| format!("the tests in {} failed under valgrind", test.name))?;
    let text = String::from_utf8_lossy(&output.stdout);
    Counts::read(&text)
        .with_context(|| format!("the tests in {} did not end with a count:\n{text}", test.name))
}

fn valgrind(program: &Path) -> Command {
    let mut valgrind = command("valgrind");
    valgrind.arg(format!("--error-exitcode={FOUND}")).args([
        "--track-origins=yes",
        "--child-silent-after-fork=yes",
        "--quiet",
    ]);
    valgrind.arg(program).env_remove("RUST_BACKTRACE");
    valgrind
}

fn output(command: &mut Command) -> Result<Output> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    Ok(spawn(command, REMEDY)?.wait_with_output()?)
}

fn clean(output: &Output) -> Result<()> {
    if output.status.success() {
        return Ok(());
    }
    show(output);
    match output.status.code() {
        Some(FOUND) => bail!("valgrind found errors, see above"),
        _ => bail!("the program itself failed ({}), see above", output.status),
    }
}

fn show(output: &Output) {
    eprintln!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
