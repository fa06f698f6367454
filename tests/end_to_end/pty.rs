//! Programs in a pseudo-terminal.
//!
//! `rexpect` forks the calling thread, so what it starts is in the room's namespace; its time
//! limit takes the place of the watchdog, which does not know of these programs.

use std::fs;
use std::process::Command;

use rexpect::process::{Signal, WaitStatus};
use rexpect::session::{PtySession, spawn_command};

/// Starts a program in a terminal of its own, which does not echo. Each wait is bounded.
pub(crate) fn in_terminal(command: Command) -> PtySession {
    spawn_command(command, Some(20_000)).expect("a terminal can be had")
}

/// The same, with the process id, which `rexpect` keeps to itself: a shell tells it, and then
/// becomes the program.
pub(crate) fn in_terminal_with_id(command: &Command) -> (PtySession, i32) {
    let mut shell = Command::new("sh");
    shell.args(["-c", "echo $$; exec \"$0\" \"$@\""]);
    shell.arg(command.get_program()).args(command.get_args());
    let mut program = in_terminal(shell);
    let line = program.read_line().expect("the shell tells its id");
    (program, line.parse().expect("an id is a number"))
}

/// A value from `/proc/ID/status`.
pub(crate) fn status(id: i32, name: &str) -> String {
    let status = fs::read_to_string(format!("/proc/{id}/status")).expect("the process lives");
    let value = status.lines().find_map(|line| line.strip_prefix(name));
    value.expect("proc(5) promises this line").trim().to_owned()
}

pub(crate) fn signal(program: &mut PtySession, signal: Signal) {
    let sent = program.process_mut().signal(signal);
    sent.expect("the program lives");
}

/// Waits until the program has written this, and skips what came before.
#[track_caller]
pub(crate) fn see(program: &mut PtySession, text: &str) {
    if let Err(error) = program.exp_string(text) {
        panic!("waited in vain for {text:?}: {error}");
    }
}

pub(crate) fn type_line(program: &mut PtySession, line: &str) {
    program.send_line(line).expect("a terminal can be written to");
}

/// Types this and no Enter.
pub(crate) fn type_text(program: &mut PtySession, text: &str) {
    let typed = program.send(text).and_then(|_| program.flush());
    typed.expect("a terminal can be written to");
}

pub(crate) fn press_control(letter: char, program: &mut PtySession) {
    program.send_control(letter).expect("a terminal can be written to");
}

/// Waits for the program's end. Returns what it has written since the last wait, and its exit
/// status or else the signal that ended it.
///
/// Takes the session away: once the terminal is closed, its reading thread turns in a circle.
#[track_caller]
pub(crate) fn end(mut program: PtySession) -> (String, Result<i32, Signal>) {
    let rest = program.exp_eof().expect("the program ends");
    let how = match program.process().wait().expect("it is our child") {
        WaitStatus::Exited(_, status) => Ok(status),
        WaitStatus::Signaled(_, signal, _) => Err(signal),
        other => panic!("this is no end: {other:?}"),
    };
    (rest, how)
}
