//! The program and its command line.

use std::path::Path;
use std::process::Command;

use ch14_speed::contender::{CONTENDERS, Contender};
use ch14_speed::figures::Figures;
use support::{Finished, Running};

pub(crate) fn ch14(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ch14"));
    command.args(args);
    command
}

fn run(args: &[&str]) -> Finished {
    Running::start(ch14(args)).finish()
}

#[test]
fn help_names_the_verbs_and_what_measuring_needs() {
    let help = run(&["--help"]);
    help.success().stderr_is("");
    for word in ["measure", "show", "plot"] {
        assert!(help.stdout_text().contains(word), "{help:?}");
    }
    run(&["measure", "--help"]).success().stdout_has("IPC namespace").stdout_has("--quick");
    run(&[]).code(2);
    run(&["measure", "--rounds", "many"]).code(2);
}

#[test]
fn misuse_is_explained() {
    run(&["measure", "--only", "tea"])
        .code(1)
        .stderr_has("there is no experiment \"tea\", but: calls, capacity, ");
    run(&["measure", "--rounds", "0"]).code(1).stderr_has("nothing can be measured 0 times");
    let nowhere = run(&["show", "--folder", "/nowhere"]);
    nowhere.code(1).stdout_is("").stderr_has("/nowhere/figures.json: no figures can be read");
}

#[test]
fn measuring_without_a_namespace_is_refused_with_eperm() {
    support::alone(|room| {
        let folder = tempfile::tempdir().unwrap();
        let kept = folder.path().to_str().unwrap();
        let measured =
            run(&["measure", "--only", "calls", "--rounds", "1", "--sample", "1", "--kept", kept]);
        match room.is_namespace() {
            true => measured.success().stdout_has("getppid"),
            false => measured.code(1).stdout_is("").stderr_has("not permitted here (EPERM)"),
        };
    });
}

#[test]
fn every_mechanism_is_measured_and_leaves_nothing() {
    support::in_namespace(|_| {
        let folder = tempfile::tempdir().unwrap();
        let kept = folder.path().to_str().unwrap();
        let before = shared_memory();
        let only = "round-trip-1,one-way-2:0,one-way-2:8192,senders:2,length:10,capacity:16384";
        run(&["measure", "--only", only, "--rounds", "1", "--sample", "1", "--kept", kept])
            .success();
        assert_eq!(shared_memory(), before);
        let figures = the_only_file(folder.path());
        for (experiment, count) in [("round-trip-1", 1), ("one-way-2", 2), ("senders", 1)] {
            assert_eq!(figures.of(experiment).count(), count);
        }
        for group in ["round-trip-1", "one-way-2", "senders"].iter().flat_map(|it| figures.of(it)) {
            let names: Vec<_> = group.series.iter().map(|it| &it.contender).collect();
            let takes_part = |it: &&Contender| it.many_senders || group.experiment != "senders";
            let all: Vec<_> = CONTENDERS.iter().filter(takes_part).map(|it| it.name).collect();
            assert_eq!(names, all);
        }
        assert!(figures.groups.iter().flat_map(|it| &it.series).all(|it| it.ns[0] > 0.0));
    });
}

/// The rings of this program's children that still have a name.
fn shared_memory() -> usize {
    let files = std::fs::read_dir("/dev/shm").map_or(vec![], |files| files.flatten().collect());
    files.iter().filter(|file| file.file_name().to_string_lossy().starts_with("ch14-")).count()
}

#[test]
fn debug_build_writes_no_figures() {
    if cfg!(debug_assertions) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_str().unwrap();
        let measured = run(&["measure", "--quick", "--kept", path, "--folder", path]);
        measured.code(1).stdout_is("").stderr_has("this is a debug build");
        assert!(!folder.path().join("figures.json").exists());
    }
}

#[test]
fn programs_that_are_not_built_are_named() {
    support::in_namespace(|_| {
        let folder = tempfile::tempdir().unwrap();
        let kept = folder.path().to_str().unwrap();
        let args = ["measure", "--only", "programs", "--rust", "/nowhere", "--kept", kept];
        run(&args).code(1).stderr_has("/nowhere/server: there is no such program");
    });
}

pub(crate) fn the_only_file(folder: &Path) -> Figures {
    let files: Vec<_> = std::fs::read_dir(folder).unwrap().flatten().map(|it| it.path()).collect();
    let json: Vec<_> =
        files.iter().filter(|it| it.extension().is_some_and(|it| it == "json")).collect();
    assert_eq!(json.len(), 1, "{files:?}");
    Figures::read(json[0]).unwrap()
}
