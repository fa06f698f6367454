//! Streams that another program has made non-blocking, and slow partners at the other end.

use std::fs;
use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::thread;

use support::{Running, nonblocking, until};

/// More than the two pipes and the program hold together.
const MUCH: usize = 300_000;

#[test]
fn output_waits_for_slow_reader() {
    support::alone(|_| {
        let mut command = copy();
        nonblocking(&mut command, 1).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("the program is there");
        let mut stdin = child.stdin.take().expect("it is piped");
        let writer = thread::spawn(move || stdin.write_all(&[b'x'; MUCH]));
        let mut stdout = child.stdout.take().expect("it is piped");
        let mut first = [0];
        stdout.read_exact(&mut first).expect("it writes something");
        until("the program to wait for its reader", || is_asleep(child.id()));

        let mut rest = Vec::new();
        stdout.read_to_end(&mut rest).expect("a pipe can be read");
        writer.join().expect("no panic").expect("all was read");
        assert_eq!(rest.len(), MUCH - 1);
        assert!(child.wait().expect("it is a child").success());
    });
}

#[test]
fn input_waits_for_slow_writer() {
    support::alone(|_| {
        let mut command = copy();
        nonblocking(&mut command, 0);
        let mut program = Running::start(command);
        for line in ["one", "two"] {
            until("the program to wait for its input", || is_asleep(program.id() as u32));
            program.write_line(line).wait_for_line(line);
        }
        program.finish().success().stdout_is("one\ntwo\n");
    });
}

fn copy() -> Command {
    Command::new(assert_cmd::cargo::cargo_bin!("streams-copy"))
}

/// Whether it sleeps in poll(2), which the C library may call by its newer name.
fn is_asleep(process: u32) -> bool {
    let call = fs::read_to_string(format!("/proc/{process}/syscall")).expect("it is ours");
    let number = call.split(' ').next().and_then(|number| number.parse().ok());
    number.is_some_and(|number: libc::c_long| POLL.contains(&number))
}

const POLL: &[libc::c_long] = &[
    #[cfg(target_arch = "x86_64")]
    libc::SYS_poll,
    libc::SYS_ppoll,
];
