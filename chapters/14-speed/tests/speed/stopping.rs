//! Stopped, killed, and gone on.

use std::path::Path;

use nix::sys::signal::Signal;
use support::{Finished, Running, in_namespace};

use crate::program::{ch14, the_only_file};

/// So many groups that no test sees their end.
fn measure(kept: &Path, more: &[&str]) -> Running {
    let only = "calls,one-way-1,one-way-2,round-trip-1,round-trip-2,senders,length,capacity";
    let args = ["measure", "--only", only, "--rounds", "2", "--sample", "1", "--kept"];
    Running::start(ch14(&[&args[..], &[kept.to_str().unwrap()], more].concat()))
}

/// How many groups were finished, as the program says when it is stopped.
fn stopped(mut program: Running, at: &str, signal: Signal) -> (usize, Finished) {
    program.wait_for_stderr(at).signal(signal);
    let finished = program.finish();
    finished.code(1).stdout_is("");
    let text = finished.stderr_text().into_owned();
    let (_, rest) = text.split_once("stopped: ").unwrap_or_else(|| panic!("{finished:?}"));
    (rest.split_once(" of ").unwrap().0.parse().unwrap(), finished)
}

#[test]
fn measuring_that_was_stopped_goes_on_from_there() {
    in_namespace(|_| {
        let folder = tempfile::tempdir().unwrap();
        let (done, _) = stopped(measure(folder.path(), &[]), "3 of ", Signal::SIGINT);
        let kept = the_only_file(folder.path());
        assert_eq!((kept.groups.len(), done >= 2), (done, true));

        let next = format!("{} of ", done + 2);
        let (more, second) = stopped(measure(folder.path(), &[]), &next, Signal::SIGTERM);
        second.stderr_has(format!("{done} groups are finished already"));
        assert!(!second.stderr_text().contains(&format!("\n{done} of ")), "{second:?}");
        // Those of before are as they were.
        let whole = the_only_file(folder.path());
        assert_eq!((&whole.groups[..done], whole.groups.len()), (&kept.groups[..], more));
        assert!(more > done);
    });
}

#[test]
fn measuring_that_was_killed_goes_on_from_there() {
    in_namespace(|_| {
        let folder = tempfile::tempdir().unwrap();
        let mut first = measure(folder.path(), &[]);
        first.wait_for_stderr("2 of ").signal(Signal::SIGKILL);
        first.finish().killed_by(Signal::SIGKILL);
        let done = the_only_file(folder.path()).groups.len();
        let (_, second) =
            stopped(measure(folder.path(), &[]), &format!("{} of ", done + 1), Signal::SIGINT);
        second.stderr_has(format!("{done} groups are finished already"));
    });
}

#[test]
fn second_measuring_beside_the_first_is_refused() {
    in_namespace(|_| {
        let folder = tempfile::tempdir().unwrap();
        let mut first = measure(folder.path(), &[]);
        first.wait_for_stderr("1 of ");
        let second = measure(folder.path(), &[]).finish();
        second.code(1).stdout_is("").stderr_has("another `ch14 measure` is at work here (EAGAIN)");
        first.signal(Signal::SIGINT);
        first.finish().code(1);
    });
}

#[test]
fn fresh_start_forgets_what_was_finished() {
    in_namespace(|_| {
        let folder = tempfile::tempdir().unwrap();
        stopped(measure(folder.path(), &[]), "2 of ", Signal::SIGINT);
        let (_, second) = stopped(measure(folder.path(), &["--fresh"]), "1 of ", Signal::SIGINT);
        assert!(!second.stderr_text().contains("finished already"), "{second:?}");
    });
}

#[test]
fn figures_with_other_settings_are_not_mixed_in() {
    in_namespace(|_| {
        let folder = tempfile::tempdir().unwrap();
        stopped(measure(folder.path(), &[]), "2 of ", Signal::SIGINT);
        let other = measure(folder.path(), &["--rounds", "3"]);
        let (_, second) = stopped(other, "1 of ", Signal::SIGINT);
        second.stderr_has("is not used");
    });
}
