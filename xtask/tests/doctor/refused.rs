//! Calls that are refused, each by a filter that really refuses them.

use std::fs;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::Command;

use nix::errno::Errno;
use nix::libc;

use crate::filter::{deny, deny_flag, with};
use crate::report::{Report, doctor};

const MSGGET: &str = "problem  message queues: msgget ";

#[test]
fn msgget_that_does_not_exist() {
    support::in_namespace(|_room| {
        let mut doctor = doctor();
        deny(&mut doctor, libc::SYS_msgget, with(Errno::ENOSYS));
        Report::of(doctor)
            .stops(1)
            .says(
                MSGGET,
                &[
                    "ENOSYS",
                    "a seccomp filter denies it",
                    "To do: allow msgget",
                ],
            )
            .is_silent_about("ok       peeking");
    });
}

#[test]
fn msgget_that_is_forbidden() {
    support::in_namespace(|_room| {
        for errno in [Errno::EPERM, Errno::EACCES] {
            let mut doctor = doctor();
            deny(&mut doctor, libc::SYS_msgget, with(errno));
            Report::of(doctor).stops(1).says(
                MSGGET,
                &[&format!("{errno:?}"), "a seccomp filter forbids the call"],
            );
        }
    });
}

#[test]
fn msgget_that_is_deadly() {
    support::in_namespace(|_room| {
        // Android's filter traps, others kill at once: to the program it is the same signal.
        for answer in [libc::SECCOMP_RET_TRAP, libc::SECCOMP_RET_KILL_PROCESS] {
            let mut doctor = doctor();
            deny(&mut doctor, libc::SYS_msgget, answer);
            Report::of(doctor).stops(1).says(
                MSGGET,
                &["SIGSYS (\"Bad system call\")", "a seccomp filter kills"],
            );
        }
    });
}

#[test]
fn no_core_file_is_left() {
    support::in_namespace(|_room| {
        // Where the kernel writes core files into the current folder, as it does if nobody told it otherwise.
        let folder = tempfile::tempdir().unwrap();
        let mut doctor = doctor();
        doctor.current_dir(folder.path());
        permit_core_files(&mut doctor);
        deny(
            &mut doctor,
            libc::SYS_msgget,
            libc::SECCOMP_RET_KILL_PROCESS,
        );
        Report::of(doctor).stops(1);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
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
                let mut doctor = doctor();
                deny(&mut doctor, call, answer);
                let line = format!("problem  message queues: {name} ");
                Report::of(doctor)
                    .stops(1)
                    .says(&line, &["a seccomp filter"]);
                assert!(room.queues().is_empty(), "{name}: {:?}", room.queues());
            }
        }
    });
}

#[test]
fn removal_that_is_refused_is_told() {
    support::in_namespace(|room| {
        let mut doctor = doctor();
        deny(&mut doctor, libc::SYS_msgctl, with(Errno::EPERM));
        let report = Report::of(doctor);
        // Nobody behind this filter can remove a queue.
        let left = room.queues();
        assert_eq!(left.len(), 1);
        report.stops(1).says(
            "problem  message queues: msgctl failed with EPERM",
            &[&format!("ipcrm -q {}", left[0].msqid)],
        );
        room.remove(left[0].msqid);
    });
}

#[test]
fn peeking_that_the_kernel_cannot_do() {
    support::in_namespace(|_room| {
        let flag = u32::try_from(libc::MSG_COPY).unwrap();
        let mut doctor = doctor();
        deny_flag(&mut doctor, libc::SYS_msgrcv, 4, flag, with(Errno::ENOSYS));
        Report::of(doctor)
            .will_do()
            .says("ok       message queues:", &[])
            .says(
                "note     peeking (MSG_COPY): msgrcv failed with ENOSYS",
                &["CONFIG_CHECKPOINT_RESTORE", "To do: nothing"],
            );
    });
}
