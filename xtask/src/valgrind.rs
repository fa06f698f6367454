//! `cargo xtask valgrind`: no uninitialised byte goes to the kernel, and it writes nowhere that it must not.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::command::{command, spawn};
use crate::room::Room;
use crate::{artifacts, peers};
use dialogue::dialogue;

mod dialogue;

const REMEDY: &str = "valgrind is needed here (on Debian and Ubuntu: apt-get install valgrind)";

/// The exit status that tells a finding of valgrind's from a failure of the program.
const FOUND: i32 = 9;

pub(crate) fn run() -> Result<()> {
    prove_that_it_finds()?;

    let tests = artifacts::build(&[
        "test",
        "--no-run",
        "--package",
        "ch04-send",
        "--package",
        "ch05-receive",
    ])?;
    ensure!(
        !tests.is_empty(),
        "cargo built no tests of ch04-send and ch05-receive"
    );
    let mut passed = 0;
    for test in &tests {
        println!("valgrind: the tests in {}", test.name);
        passed += tests_pass(&test.path)?;
    }
    ensure!(
        passed > 0,
        "the test programs ran, but there was no test in them"
    );

    println!("valgrind: server and client");
    let programs = artifacts::build(&["build", "--package", "sysv-mq", "--bins"])?;
    // Only now: tests that switch users are not to run in a namespace that an ordinary user may make.
    let room = Room::new();
    dialogue(
        &artifacts::named(&programs, "server")?,
        &artifacts::named(&programs, "client")?,
        room.key,
    )?;

    println!(
        "valgrind: no error in {passed} tests of {} programs, the server and the client; the leak in tests/c/leaky.c was found.",
        tests.len()
    );
    Ok(())
}

/// Silence means something only where valgrind is known to speak up.
fn prove_that_it_finds() -> Result<()> {
    println!("valgrind: a program that leaks on purpose");
    let output = output(&mut valgrind(&peers::compile("leaky")?))?;
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

/// Runs the tests in `program` under valgrind and gives their number.
fn tests_pass(program: &Path) -> Result<usize> {
    let output = output(valgrind(program).arg("--test-threads=1"))?;
    clean(&output)
        .with_context(|| format!("the tests in {} failed under valgrind", program.display()))?;
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(lines
        .lines()
        .filter(|line| line.starts_with("test ") && line.ends_with(" ok"))
        .count())
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
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
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
