//! The trial of the doctor when it is disturbed: by signals, by a filter that kills, and by one
//! that forbids the removal.

use std::fs;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::Command;

use nix::errno::Errno;
use nix::libc;

use crate::filter::{deny, with};
use crate::machine::{Machine, real};

/// As Ctrl-C does it: the whole process group gets the signal, just after the call was made.
#[test]
fn interrupted_trial_leaves_no_queue() {
    support::in_namespace(|room| {
        for call in ["msgget", "msgsnd", "msgrcv", "msgctl"] {
            for (signal, code) in [("HUP", 129), ("INT", 130), ("TERM", 143)] {
                let perl = real("perl");
                let stub = format!(
                    "'{}' \"$@\"; status=$?; case $2 in *{call}*) kill -s {signal} 0;; esac; exit $status",
                    perl.display()
                );
                examine(&Machine::new().with("perl", &stub), code);
                assert!(room.queues().is_empty(), "{call}, {signal}");
            }
        }
    });
}

#[test]
fn interrupted_trial_without_perl_leaves_no_queue() {
    support::in_namespace(|room| {
        for tool in ["ipcmk", "ipcrm"] {
            let stub = format!(
                "'{}' \"$@\"; status=$?; kill -s INT 0; exit $status",
                real(tool).display()
            );
            examine(&Machine::new().without(&["perl"]).with(tool, &stub), 130);
            assert!(room.queues().is_empty(), "{tool}");
        }
    });
}

fn examine(machine: &Machine, code: i32) {
    let in_a_group_of_its_own = |mut doctor: Command| {
        doctor.process_group(0);
        doctor
    };
    machine.examine_as(in_a_group_of_its_own, |report| report.is_cut_short(code));
}

#[test]
fn deadly_call_leaves_no_core_file() {
    support::in_namespace(|_room| {
        // Where the kernel writes core files into the current folder, as it does if nobody told it
        // otherwise.
        let machine = Machine::new();
        let house = machine.path("the house");
        let count = || fs::read_dir(&house).unwrap().count();
        let before = count();
        let kill = |mut doctor| {
            permit_core_files(&mut doctor);
            deny(&mut doctor, libc::SYS_msgget, libc::SECCOMP_RET_KILL_PROCESS);
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
        let unlimited =
            libc::rlimit { rlim_cur: libc::RLIM_INFINITY, rlim_max: libc::RLIM_INFINITY };
        // SAFETY: the call reads the structure.
        let done = unsafe { libc::setrlimit(libc::RLIMIT_CORE, &raw const unlimited) };
        Errno::result(done).map(drop).map_err(io::Error::from)
    };
    // SAFETY: between fork and exec `permit` makes one system call; it neither allocates nor takes
    // a lock.
    unsafe { command.pre_exec(permit) };
}

#[test]
fn refused_removal_is_reported_with_the_id() {
    support::in_namespace(|room| {
        for (missing, how) in [(&[][..], "EPERM"), (&["perl"], "permission denied for id (")] {
            let deny = |mut doctor| {
                deny(&mut doctor, libc::SYS_msgctl, with(Errno::EPERM));
                doctor
            };
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
