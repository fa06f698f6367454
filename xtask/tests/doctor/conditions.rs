//! The tables in `conditions/`: what is done to a machine that has all that the book needs, and
//! what the doctor prints of it.
//!
//! A line at the margin is a condition, which may be several, joined by ` & `:
//!
//! * `without PROGRAM ...`: these are not on the PATH; `with PROGRAM SCRIPT`: this one is this
//!   shell script
//! * `file PATH TEXT`: the machine describes itself by this file, and others given so, alone
//! * `deny CALL ANSWER [FLAG]`: a filter gives this answer to the system call (if it has the flag)
//! * `limit NAME NUMBER`, `queue KEY`, `env NAME VALUE`
//!
//! Below it, indented, are lines of the report: how one begins and, after ` | `, what else is in
//! it. `- ` precedes what is nowhere in the report. Every problem is listed, and no queue comes or
//! goes.

use std::ffi::c_long;
use std::process::Command;

use nix::errno::Errno;
use nix::libc;
use support::Room;
use xtask::mdbook::VERSION;

use crate::filter::{deny, deny_flag, with};
use crate::machine::Machine;
use crate::queues::leave_behind;

macro_rules! tables {
    ($($name:ident)*) => { $(
        #[test]
        fn $name() {
            check(include_str!(concat!("conditions/", stringify!($name), ".txt")));
        }
    )* };
}

tables!(kernels refusals limits namespaces queues programs);

fn check(table: &'static str) {
    support::in_namespace(|room| {
        let mut lines = table.lines().peekable();
        while let Some(condition) = lines.next() {
            let mut report = Vec::new();
            while let Some(line) = lines.next_if(|line| line.starts_with(' ')) {
                report.push(line.trim());
            }
            assert!(!report.is_empty(), "nothing is expected of {condition:?}");
            row(room, condition, &report);
        }
    });
}

fn row(room: &Room, condition: &str, lines: &[&str]) {
    let mut machine = Machine::new();
    let (mut limits, mut ids, mut denials, mut envs) = (vec![], vec![], vec![], vec![]);
    for part in condition.split(" & ") {
        let (verb, rest) = part.split_once(' ').unwrap_or((part, ""));
        let (name, value) = rest.split_once(' ').unwrap_or((rest, ""));
        let text = value.replace("\\n", "\n").replace("\\t", "\t");
        match verb {
            "without" => machine = machine.without(&rest.split_whitespace().collect::<Vec<_>>()),
            "with" => machine = machine.with(name, &value.replace("MDBOOK", VERSION)),
            "file" => machine = machine.described(name, &format!("{text}\n")),
            "deny" => denials.push((name, value)),
            "limit" => {
                limits.push((name, room.limit(name)));
                room.set_limit(name, value.parse().unwrap());
            }
            "queue" => ids.push(leave_behind(name.parse().unwrap())),
            "env" => envs.push((name, value)),
            _ => panic!("{verb:?} is not a condition"),
        }
    }
    let before = format!("{:?}", room.queues());
    let prepare = |mut doctor: Command| {
        doctor.envs(envs.iter().copied());
        for (call, answer) in &denials {
            refuse(&mut doctor, call, answer);
        }
        doctor
    };
    let problems = lines.iter().filter(|line| line.starts_with("problem")).count();
    machine.examine_as(prepare, |report| {
        match problems {
            0 => report.will_do(),
            _ => report.stops(problems),
        };
        for line in lines {
            match line.strip_prefix("- ") {
                Some(part) => report.lacks(part),
                None => {
                    let parts: Vec<_> = line.split(" | ").collect();
                    report.says(parts[0], &parts[1..])
                }
            };
        }
        assert_eq!(format!("{:?}", room.queues()), before, "{condition}");
    });
    for (name, value) in limits {
        room.set_limit(name, value);
    }
    for id in ids {
        room.remove(id);
    }
}

fn refuse(doctor: &mut Command, call: &str, answer: &str) {
    let (answer, flag) = answer.split_once(' ').unwrap_or((answer, ""));
    let call: c_long = match call {
        "msgget" => libc::SYS_msgget,
        "msgsnd" => libc::SYS_msgsnd,
        "msgrcv" => libc::SYS_msgrcv,
        "unshare" => libc::SYS_unshare,
        _ => panic!("the system call {call:?} is not known here"),
    };
    let answer = match answer {
        "TRAP" => libc::SECCOMP_RET_TRAP, // as Android's filter does
        "KILL" => libc::SECCOMP_RET_KILL_PROCESS,
        "ENOSYS" => with(Errno::ENOSYS),
        "EOPNOTSUPP" => with(Errno::EOPNOTSUPP),
        "EPERM" => with(Errno::EPERM),
        "EACCES" => with(Errno::EACCES),
        "ENOMEM" => with(Errno::ENOMEM),
        "EIO" => with(Errno::EIO),
        _ => panic!("the answer {answer:?} is not known here"),
    };
    let bit = |flag: i32| u32::try_from(flag).unwrap();
    match flag {
        "" => deny(doctor, call, answer),
        "MSG_COPY" => deny_flag(doctor, call, 4, bit(libc::MSG_COPY), answer),
        "CLONE_NEWUSER" => deny_flag(doctor, call, 0, bit(libc::CLONE_NEWUSER), answer),
        _ => panic!("the flag {flag:?} is not known here"),
    }
}
