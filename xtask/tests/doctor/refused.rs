//! Calls that are refused, each by a filter that really refuses them.

use std::ffi::c_long;
use std::fs;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::Command;

use nix::errno::Errno;
use nix::libc;

use crate::filter::{deny, deny_flag, with};
use crate::machine::Machine;

/// What a machine says of itself, as far as it decides what a refusal means.
const WSL_1: (&str, &str) = ("proc/version", "Linux version 4.4.0-19041-Microsoft\n");
const ANDROID: (&str, &str) = ("proc/version", "Linux version 5.10.149-android12-9\n");
const WITH_CALLS: (&str, &str) = ("proc/sys/kernel/msgmni", "32000\n");
const FILTERED: (&str, &str) = (
    "proc/self/status",
    "Name:\tx\nSeccomp:\t2\nSeccomp_filters:\t1\n",
);
const FREE: (&str, &str) = (
    "proc/self/status",
    "Name:\tx\nSeccomp:\t0\nSeccomp_filters:\t2\n",
);

fn denied(call: c_long, answer: u32) -> impl Fn(Command) -> Command {
    move |mut doctor| {
        deny(&mut doctor, call, answer);
        doctor
    }
}

/// How msgget is refused, on which machine, and what that means there.
#[test]
fn refusal_is_explained_by_errno_and_machine() {
    let refusals = [
        (Errno::ENOSYS, &[FREE][..], "CONFIG_SYSVIPC"),
        (
            Errno::ENOSYS,
            &[FILTERED, WITH_CALLS],
            "a seccomp filter denies it",
        ),
        (Errno::ENOSYS, &[WSL_1], "WSL 1 has no message queues"),
        (Errno::EOPNOTSUPP, &[WSL_1], "WSL 1 has no message queues"),
        (Errno::ENOSYS, &[ANDROID], "Android forbids it"),
        (
            Errno::EPERM,
            &[FILTERED],
            "a seccomp filter forbids the call",
        ),
        (
            Errno::EACCES,
            &[FILTERED],
            "a seccomp filter forbids the call",
        ),
        (Errno::EPERM, &[FREE], "a security module"),
        (Errno::EACCES, &[FREE], "a security module"),
        (Errno::ENOMEM, &[FREE], "no memory left"),
        (Errno::EIO, &[FREE], "nothing that the book knows of"),
        // The machine's own files.
        (Errno::ENOSYS, &[], "To do: allow msgget"),
        (Errno::EPERM, &[], "a seccomp filter forbids the call"),
    ];
    support::in_namespace(|_room| {
        for (errno, files, meaning) in refusals {
            // Without perl, ipcmk names the errno in words. Of two names, perl takes the first in the alphabet.
            for (missing, name) in [
                (
                    &[][..],
                    format!("{errno:?}").replace("EOPNOTSUPP", "ENOTSUP"),
                ),
                (&["perl"], words(errno)),
            ] {
                let begin = format!("problem  message queues: msgget failed with {name}: ");
                let mut machine = Machine::new().without(missing);
                for (file, text) in files {
                    machine = machine.described(file, text);
                }
                machine.examine_as(denied(libc::SYS_msgget, with(errno)), |report| {
                    report
                        .stops(1)
                        .says(&begin, &[meaning, "To do: "])
                        .lacks("peeking");
                });
            }
        }
    });
}

/// The C library's words for it, as programs print them.
fn words(errno: Errno) -> String {
    let text = io::Error::from(errno).to_string();
    text.split(" (os error").next().unwrap().to_owned()
}

#[test]
fn deadly_call_is_explained() {
    support::in_namespace(|_room| {
        // Android's filter traps, others kill at once: to the program it is the same signal.
        for answer in [libc::SECCOMP_RET_TRAP, libc::SECCOMP_RET_KILL_PROCESS] {
            for missing in [&[][..], &["perl"]] {
                let killed = denied(libc::SYS_msgget, answer);
                let begin = "problem  message queues: msgget failed with SIGSYS: ";
                Machine::new()
                    .without(missing)
                    .examine_as(&killed, |report| {
                        report.stops(1).says(begin, &["a seccomp filter kills"]);
                    });
                let android = Machine::new()
                    .without(missing)
                    .described(ANDROID.0, ANDROID.1);
                android.examine_as(&killed, |report| {
                    report.stops(1).says(begin, &["Android forbids it"]);
                });
            }
        }
    });
}

#[test]
fn deadly_call_leaves_no_core_file() {
    support::in_namespace(|_room| {
        // Where the kernel writes core files into the current folder, as it does if nobody told it otherwise.
        let machine = Machine::new();
        let house = machine.path("the house");
        let count = || fs::read_dir(&house).unwrap().count();
        let before = count();
        let kill = |mut doctor| {
            permit_core_files(&mut doctor);
            deny(
                &mut doctor,
                libc::SYS_msgget,
                libc::SECCOMP_RET_KILL_PROCESS,
            );
            doctor
        };
        machine.examine_as(kill, |report| {
            report.stops(1);
            assert_eq!(count(), before);
        });
    });
}

/// Core files as large as they like to be.
fn permit_core_files(command: &mut Command) {
    let permit = || {
        let unlimited = libc::rlimit {
            rlim_cur: libc::RLIM_INFINITY,
            rlim_max: libc::RLIM_INFINITY,
        };
        // SAFETY: the call reads the structure.
        let done = unsafe { libc::setrlimit(libc::RLIMIT_CORE, &raw const unlimited) };
        Errno::result(done).map(drop).map_err(io::Error::from)
    };
    // SAFETY: between fork and exec `permit` makes one system call; it neither allocates nor takes a lock.
    unsafe { command.pre_exec(permit) };
}

#[test]
fn queue_is_removed_when_a_later_call_is_refused() {
    support::in_namespace(|room| {
        for (call, name) in [(libc::SYS_msgsnd, "msgsnd"), (libc::SYS_msgrcv, "msgrcv")] {
            for answer in [with(Errno::EPERM), libc::SECCOMP_RET_KILL_PROCESS] {
                Machine::new().examine_as(denied(call, answer), |report| {
                    let line = format!("problem  message queues: {name} failed with ");
                    report.stops(1).says(&line, &["a seccomp filter"]);
                    assert!(room.queues().is_empty(), "{name}: {:?}", room.queues());
                });
            }
        }
    });
}

#[test]
fn refused_removal_is_reported_with_the_id() {
    support::in_namespace(|room| {
        for (missing, how) in [
            (&[][..], "EPERM"),
            (&["perl"], "permission denied for id ("),
        ] {
            let deny = denied(libc::SYS_msgctl, with(Errno::EPERM));
            Machine::new().without(missing).examine_as(deny, |report| {
                // Nobody after this filter can remove a queue.
                let left = room.queues();
                assert_eq!(left.len(), 1);
                report.stops(1).says(
                    &format!("problem  message queues: msgctl failed with {how}"),
                    &[&format!("\"ipcrm -q {}\", from outside", left[0].msqid)],
                );
                room.remove(left[0].msqid);
            });
        }
    });
}

#[test]
fn kernel_that_cannot_peek_is_noted() {
    support::in_namespace(|_room| {
        let deny = |mut doctor| {
            let flag = u32::try_from(libc::MSG_COPY).unwrap();
            deny_flag(&mut doctor, libc::SYS_msgrcv, 4, flag, with(Errno::ENOSYS));
            doctor
        };
        Machine::new().examine_as(deny, |report| {
            report.will_do().says("ok       message queues:", &[]).says(
                "note     peeking (MSG_COPY): msgrcv failed with ENOSYS",
                &["CONFIG_CHECKPOINT_RESTORE", "To do: nothing"],
            );
        });
    });
}
