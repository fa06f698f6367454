//! What a test can do with programs in the background, and what it is told when they misbehave.

use nix::sys::signal::Signal;
use std::path::Path;
use std::process::Command;
use support::{Running, caught, until};

fn shell(script: &str) -> Running {
    let mut sh = Command::new("sh");
    sh.args(["-c", script]);
    Running::start(sh)
}

fn message_of<T>(body: impl FnOnce() -> T) -> String {
    caught(body).err().expect("it must fail")
}

#[test]
fn lines_go_to_and_fro() {
    support::alone(|_| {
        let mut cat = Running::start(Command::new("cat"));
        cat.write_line("one").wait_for_line("one");
        cat.write_line("two").write_line("two").wait_for_line("two").wait_for_line("two");
        cat.finish().success().stdout_is("one\ntwo\ntwo\n").stderr_is("");
    });
}

#[test]
fn line_is_a_whole_line_and_is_found_once() {
    support::alone(|_| {
        let mut program = shell("echo 10; echo 1");
        program.wait_for_line("1");
        let said = message_of(|| program.wait_for_line("10").id());
        assert!(said.contains(r#"waited in vain for the line "10" on stdout"#), "{said}");
        assert!(said.contains("stdout:\n    10\\n\n    1\\n"), "{said}");
    });
}

#[test]
fn prompt_and_complaint_can_be_awaited() {
    support::alone(|_| {
        let mut program = shell("printf '> '; read line; echo \"no: $line\" >&2; exit 3");
        program.wait_for_text("> ").write_line("hello").wait_for_stderr("no: hello");
        program.finish().code(3).stdout_is("> ").stderr_has("hello");
    });
}

#[test]
fn bytes_stay_as_they_are() {
    support::alone(|_| {
        let mut cat = Running::start(Command::new("cat"));
        cat.write_line(b"\xff\x00");
        let finished = cat.finish();
        finished.success().stdout_is(b"\xff\x00\n");
        assert_eq!(finished.stdout_text(), "\u{fffd}\0\n");
    });
}

#[test]
fn much_output_on_both_pipes_blocks_nobody() {
    support::alone(|_| {
        let script = "head -c 1000000 /dev/zero; head -c 1000000 /dev/zero >&2";
        let finished = shell(script).finish();
        assert_eq!((finished.stdout.len(), finished.stderr.len()), (1_000_000, 1_000_000));
    });
}

#[test]
fn failed_check_shows_everything() {
    support::alone(|_| {
        let finished = shell("echo out; echo err >&2; exit 7").finish();
        let said = message_of(|| finished.success().status);
        assert!(said.starts_with("it should have exited with 0\n"), "{said}");
        assert!(said.contains(r#"command: "sh" "-c" "echo out;"#), "{said}");
        assert!(said.contains("status:  exit status: 7\n"), "{said}");
        assert!(said.ends_with("stdout:\n    out\\n\nstderr:\n    err\\n"), "{said}");
        for check in [
            message_of(|| finished.stdout_is("other").status),
            message_of(|| finished.stdout_has("other").status),
            message_of(|| finished.stderr_is("other").status),
            message_of(|| finished.stderr_has("other").status),
            message_of(|| finished.killed_by(Signal::SIGTERM).status),
        ] {
            assert!(check.contains("status:  exit status: 7\n"), "{check}");
        }
    });
}

#[test]
fn other_output_is_shown_as_a_difference() {
    support::alone(|_| {
        let finished = shell("printf 'one\\ntwo\\n'").finish();
        let said = message_of(|| finished.stdout_is("one\n2\n").status);
        let difference = "should be, + what it is):\n      one\\n\n    - 2\\n\n    + two\\n\n";
        assert!(said.contains(difference), "{said}");
    });
}

#[test]
fn signal_arrives() {
    support::alone(|_| {
        let cat = Running::start(Command::new("cat"));
        cat.signal(Signal::SIGTERM);
        until("cat to end", || cat.has_exited());
        cat.signal(Signal::SIGTERM); // nobody is there: nothing happens
        cat.finish().killed_by(Signal::SIGTERM);
    });
}

#[test]
fn dropped_program_is_gone() {
    support::alone(|_| {
        let cat = Running::start(Command::new("cat"));
        let process = format!("/proc/{}", cat.id());
        assert!(Path::new(&process).exists());
        drop(cat);
        assert!(!Path::new(&process).exists());
    });
}

#[test]
fn backtraces_are_off() {
    support::alone(|_| {
        let mut sh = Command::new("sh");
        sh.args(["-c", "echo \"[$RUST_BACKTRACE]\""]).env("RUST_BACKTRACE", "1");
        Running::start(sh).finish().success().stdout_is("[]\n");
    });
}

#[test]
fn program_that_does_not_exist_is_named() {
    let said = message_of(|| Running::start(Command::new("no-such-program")).id());
    assert!(said.starts_with(r#"cannot start "no-such-program": "#), "{said}");
}
