//! Signals in the middle of the trial.

use std::os::unix::process::CommandExt;

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
    let in_a_group_of_its_own = |mut doctor: std::process::Command| {
        doctor.process_group(0);
        doctor
    };
    machine.examine_as(in_a_group_of_its_own, |report| report.is_cut_short(code));
}
