//! Other users, other programs and the C compiler.

use crate::probe::{finish, run, this_program};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use support::{Running, as_user, caught, cc, copy_for_others};

const NOBODY: u32 = 65534;
const DIRECTORY: &str = env!("CARGO_TARGET_TMPDIR");

fn write(name: &str, text: &str) -> std::path::PathBuf {
    let file = Path::new(DIRECTORY).join(name);
    fs::write(&file, text).expect("the directory is ours");
    file
}

#[test]
fn other_user_has_no_other_groups() {
    let mut sh = Command::new("sh");
    sh.args(["-c", "id -u; id -G; grep CapEff: /proc/self/status"]);
    if as_user(NOBODY, &mut sh) {
        let nothing = "65534\n65534\nCapEff:\t0000000000000000\n";
        Running::start(sh).finish().success().stdout_is(nothing);
    }
}

#[test]
fn root_of_a_user_namespace_cannot_become_another_user() {
    let mut unshare = Command::new("unshare");
    unshare.args(["--user", "--map-root-user"]).arg(std::env::current_exe().expect("our path"));
    unshare.args(["--exact", "tools::other_user_has_no_other_groups", "--nocapture"]);
    unshare.env_remove("SUPPORT_REQUIRE_ROOT");
    let finished = Running::start(unshare).finish();
    if finished.status.code() == Some(1) {
        eprintln!("skipped: user namespaces are not allowed here");
        return;
    }
    finished.success().stderr_has("support: skipped: sh cannot be run as user 65534: this user");
}

#[test]
fn copy_can_be_run_by_others_and_goes_away() {
    let private = Path::new(DIRECTORY).join("private");
    fs::create_dir_all(&private).expect("the directory is ours");
    fs::set_permissions(&private, Permissions::from_mode(0o700)).expect("it is ours, too");
    let program = private.join("hello");
    fs::write(&program, "#!/bin/sh\necho hello\n").expect("it is ours, too");
    fs::set_permissions(&program, Permissions::from_mode(0o700)).expect("it is ours, too");

    let (directory, copy) = copy_for_others(&program);
    let mut command = Command::new(&copy);
    let (mut original, may_change) = (Command::new(&program), as_user(NOBODY, &mut command));
    if may_change && as_user(NOBODY, &mut original) {
        assert!(original.spawn().is_err(), "the original must be out of reach");
    }
    Running::start(command).finish().success().stdout_is("hello\n");
    drop(directory);
    assert!(!copy.exists());
}

#[test]
fn missing_program_skips_a_test_or_fails_it_where_it_is_required() {
    let probe = |program| {
        let mut probe = run(&this_program(), "probe::probe_for_programs");
        probe.env("PROBE_PROGRAM", program);
        probe
    };
    let sentence = "skipped: the program no-such-program is not installed";
    finish(probe("sh")).success().stdout_has("installed: true").stderr_is("");
    finish(probe("no-such-program")).success().stdout_has("installed: false").stderr_has(sentence);
    let mut required = probe("no-such-program");
    required.env("SUPPORT_REQUIRE_PROGRAMS", "1");
    finish(required)
        .code(101)
        .stderr_has(sentence)
        .stderr_has("SUPPORT_REQUIRE_PROGRAMS=1 forbids");
}

#[test]
fn c_program_is_compiled() {
    let source = write("seven.c", "int main(void) { return 7; }\n");
    let program = cc(source, Path::new(DIRECTORY).join("seven"));
    Running::start(Command::new(program)).finish().code(7);
}

#[test]
fn compiler_has_the_word_when_it_objects() {
    let source = write("unused.c", "int main(void) { int unused; return 0; }\n");
    let refused = caught(|| cc(source, Path::new(DIRECTORY).join("unused")));
    let said = refused.expect_err("warnings are errors");
    assert!(said.contains("unused.c") && said.contains("unused variable"), "{said}");
}
