//! Runs each module of the bench in a process of its own and judges what it says.

use std::fs::{self, File};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::attribution;
use super::bench::{Bench, module};
use super::catalog::Exercise;
use super::failures::{failures, is_bare};
use crate::command::root;
use crate::harness::alone;
use crate::mistakes::Mistake;

/// What a test may take here; its watchdog ends it then.
const SECONDS: &str = "4";
/// What no module needs, with a watchdog at work.
const LIMIT: Duration = Duration::from_secs(60);

/// What a module is to do.
enum Expected<'a> {
    Pass,
    /// With a message in plain words, whichever.
    Fail,
    /// With the messages of this mistake and no other.
    Say(&'a Exercise, &'a Mistake),
}

/// What there is to complain about, and how many mistakes could not be told here.
pub(crate) fn judge(bench: &Bench, exercises: &[Exercise]) -> Result<(Vec<String>, usize)> {
    let mut modules = Vec::new();
    for exercise in exercises {
        modules.push((module("starter", exercise, ""), Expected::Fail));
        modules.push((module("solution", exercise, ""), Expected::Pass));
        for (name, mistake) in &exercise.mistakes {
            modules.push((module("mistake", exercise, name), Expected::Say(exercise, mistake)));
        }
    }
    let limit = LIMIT * u32::try_from(modules.len())?;
    let mut verdict = (Vec::new(), 0);
    // Tests isolate themselves. A wrong solution's `main` does not, and leaves behind whatever its
    // mistake makes.
    alone(limit, |room| {
        if !room.is_namespace() {
            let all = modules.len();
            modules.retain(|(_, expected)| !needs_namespace(expected));
            verdict.1 = all - modules.len();
        }
        verdict.0 = judge_all(bench, &modules, room.is_namespace())?;
        room.queues().iter().for_each(|queue| room.remove(queue.msqid));
        Ok(())
    })?;
    Ok(verdict)
}

fn needs_namespace(expected: &Expected) -> bool {
    matches!(expected, Expected::Say(_, mistake) if mistake.needs_namespace)
}

fn judge_all(bench: &Bench, modules: &[(String, Expected)], isolated: bool) -> Result<Vec<String>> {
    let left = Mutex::new(modules.iter());
    let next = || left.lock().expect("no panic under this lock").next();
    let work = || -> Result<Vec<String>> {
        let mut complaints = Vec::new();
        while let Some((name, expected)) = next() {
            complaints.extend(judge_tests(bench, name, expected)?);
            // Among everybody's queues a wrong one would leave its own.
            if isolated || !matches!(expected, Expected::Say(..)) {
                complaints.extend(judge_main(bench, name, expected)?);
            }
        }
        Ok(complaints)
    };
    // Most of the time is spent waiting for watchdogs: more threads than processors.
    let workers = thread::available_parallelism().map_or(4, |count| 2 * count.get());
    thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        let results = threads.into_iter().map(|thread| thread.join().expect("no worker panics"));
        Ok(results.collect::<Result<Vec<_>>>()?.concat())
    })
}

fn judge_tests(bench: &Bench, name: &str, expected: &Expected) -> Result<Vec<String>> {
    let mut tests = Command::new(&bench.tests);
    tests.arg(format!("{name}::tests::")).args(["--color", "never"]);
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
        Expected::Say(exercise, mistake) => {
            let messages = &mistake.messages;
            must(!passed, "passes: nobody has seen its mistake".to_owned());
            for failure in failures(&said) {
                let known = messages.iter().any(|message| failure.contains(message.as_str()));
                must(known, format!("fails with another message than {messages:?}"));
            }
            for message in messages {
                must(said.contains(message.as_str()), format!("does not say {message:?}"));
                let saying = |failure: &&&str| failure.contains(message.as_str());
                for failure in failures(&said).iter().filter(saying) {
                    let sentence = attribution::sentence(message, exercise.sentences());
                    let checked = sentence.and_then(|one| {
                        attribution::check(failure, message, one, exercise.sentences())
                    });
                    if let Err(what) = checked {
                        must(false, format!("says {message:?}, which {what}"));
                    }
                }
            }
        }
    }

    Ok(complaints)
}

fn judge_main(bench: &Bench, name: &str, expected: &Expected) -> Result<Option<String>> {
    let mut main = Command::new(&bench.mains);
    let (status, said) = run(bench, &format!("{name}.main"), main.arg(name))?;
    let ended_well = status.is_some_and(|status| status.success());
    let complains = status.is_none() || (!ended_well && !matches!(expected, Expected::Say(..)));
    Ok(complains.then(|| format!("the main of {name} did not end well:\n{said}")))
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
    let mut child = command.spawn().with_context(|| format!("{name} could not be started"))?;
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
