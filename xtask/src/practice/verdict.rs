//! Runs each module of the bench in a process of its own and judges what it says.

use std::fs::{self, File};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::bench::{Bench, module};
use super::catalog::Exercise;
use crate::command::root;
use crate::room::Room;

/// What a test may take here; its watchdog ends it then.
const SECONDS: &str = "4";
/// What no module needs, with a watchdog at work.
const LIMIT: Duration = Duration::from_secs(60);

/// What a module is to do.
enum Expected<'a> {
    Pass,
    /// With a message in plain words, whichever.
    Fail,
    /// With these messages and no other.
    Say(&'a [String]),
}

pub(crate) fn judge(bench: &Bench, exercises: &[Exercise]) -> Result<Vec<String>> {
    let mut modules = Vec::new();
    for exercise in exercises {
        modules.push((module("starter", exercise, ""), Expected::Fail));
        modules.push((module("solution", exercise, ""), Expected::Pass));
        for (name, mistake) in &exercise.mistakes {
            modules.push((
                module("mistake", exercise, name),
                Expected::Say(&mistake.messages),
            ));
        }
    }
    // Tests isolate themselves. A wrong solution's `main` does not, and leaves behind whatever its
    // mistake makes.
    let _room = Room::new();
    let left = Mutex::new(modules.iter());
    let next = || left.lock().expect("no panic under this lock").next();
    let work = || -> Result<Vec<String>> {
        let mut complaints = Vec::new();
        while let Some((name, expected)) = next() {
            complaints.extend(judge_one(bench, name, expected)?);
        }
        Ok(complaints)
    };
    // Most of the time is spent waiting for watchdogs: more threads than processors.
    let workers = thread::available_parallelism().map_or(4, |count| 2 * count.get());
    thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        let results = threads
            .into_iter()
            .map(|thread| thread.join().expect("no worker panics"));
        Ok(results.collect::<Result<Vec<_>>>()?.concat())
    })
}

fn judge_one(bench: &Bench, name: &str, expected: &Expected) -> Result<Vec<String>> {
    let mut tests = Command::new(&bench.tests);
    tests
        .arg(format!("{name}::tests::"))
        .args(["--color", "never"]);
    let (status, said) = run(bench, name, &mut tests)?;
    let mut complaints = Vec::new();
    let mut must = |holds: bool, what: String| {
        if !holds {
            complaints.push(format!("{name} {what}:\n{said}"));
        }
    };
    let passed = status.is_some_and(|status| status.success());
    let none = said.contains("running 0 tests");
    must(status.is_some(), format!("did not end within {LIMIT:?}"));
    must(!none, "has no test in `mod tests`".to_owned());
    match expected {
        Expected::Pass => must(passed, "does not pass".to_owned()),
        Expected::Fail => {
            must(!passed, "passes".to_owned());
            let plain = failures(&said).iter().all(|failure| !is_bare(failure));
            must(plain, "fails without a message for a person".to_owned());
        }
        Expected::Say(messages) => {
            must(!passed, "passes: nobody has seen its mistake".to_owned());
            for failure in failures(&said) {
                let known = messages
                    .iter()
                    .any(|message| failure.contains(message.as_str()));
                must(
                    known,
                    format!("fails with another message than {messages:?}"),
                );
            }
            for message in *messages {
                must(
                    said.contains(message.as_str()),
                    format!("does not say {message:?}"),
                );
            }
        }
    }

    let mut main = Command::new(&bench.mains);
    let (status, said) = run(bench, &format!("{name}.main"), main.arg(name))?;
    let ended_well = status.is_some_and(|status| status.success());
    if status.is_none() || (!ended_well && !matches!(expected, Expected::Say(_))) {
        complaints.push(format!("the main of {name} did not end well:\n{said}"));
    }
    Ok(complaints)
}

/// `None` if it had to be ended.
fn run(bench: &Bench, name: &str, command: &mut Command) -> Result<(Option<ExitStatus>, String)> {
    let path = bench.output.join(format!("{name}.txt"));
    let file = File::create(&path)?;
    command
        .current_dir(root().join("practice"))
        .env("PRACTICE_SECONDS", SECONDS)
        .env_remove("RUST_BACKTRACE")
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file);
    let mut child = command
        .spawn()
        .with_context(|| format!("{name} could not be started"))?;
    let begin = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break Some(status);
        }
        if begin.elapsed() > LIMIT {
            child.kill()?;
            child.wait()?;
            break None;
        }
        sleep(Duration::from_millis(5));
    };
    let said = fs::read(&path)?;
    Ok((status, String::from_utf8_lossy(&said).into_owned()))
}

/// What each failing test said, as libtest puts it together at the end. Nothing if the process was
/// aborted.
///
/// For an ordinary user a test runs again in a user namespace, and what that run said, with
/// headings of its own, is inside what the test said: the last heading is the one that ends it all.
fn failures(said: &str) -> Vec<&str> {
    let Some((_, after)) = said.split_once("\n---- ") else {
        return Vec::new();
    };
    let outputs = after
        .rsplit_once("\nfailures:\n")
        .map_or(after, |(outputs, _)| outputs);
    outputs.split("\n---- ").collect()
}

/// Says left and right at most, and not what is wrong.
fn is_bare(failure: &str) -> bool {
    let bare = [
        "assertion failed: ",
        "called `Result::",
        "called `Option::",
        "index out of bounds",
    ];
    bare.iter().any(|start| failure.contains(start))
        || failure
            .lines()
            .any(|line| line.starts_with("assertion `") && line.ends_with("failed"))
}

#[cfg(test)]
mod tests {
    use super::{failures, is_bare};

    const SAID: &str = "\
running 2 tests

failures:

---- a::tests::one stdout ----
first

---- a::tests::two stdout ----
failures:
    two

failures:
    two
third

failures:
    a::tests::one
";

    #[test]
    fn each_failing_test_is_heard_to_its_end() {
        let found = failures(SAID);
        assert_eq!(found.len(), 2);
        assert!(found[0].contains("first") && !found[0].contains("third"));
        assert!(found[1].contains("third") && !found[1].contains("a::tests::one"));
        assert!(failures("running 1 test\ntest result: ok").is_empty());
    }

    #[test]
    fn only_a_message_of_ones_own_is_for_a_person() {
        assert!(is_bare("panicked at x.rs:1:1:\nassertion failed: a == b\n"));
        assert!(is_bare("assertion `left == right` failed\n  left: 1\n"));
        assert!(is_bare("called `Result::unwrap()` on an `Err` value: 1"));
        assert!(!is_bare("assertion `left == right` failed: you forgot\n"));
        assert!(!is_bare("panicked at x.rs:1:1:\nyou forgot\n"));
    }
}
