//! Namespaces that may not be made.

use std::process::Command;

use nix::errno::Errno;
use nix::libc;

use crate::filter::{deny, deny_flag, with};
use crate::machine::{Machine, real};

#[test]
fn permitted_namespaces_are_ok() {
    support::in_namespace(|_room| {
        Machine::new().examine(|report| {
            report
                .will_do()
                .says("ok       namespaces: may be made", &[]);
        });
    });
}

#[test]
fn forbidden_namespaces_are_noted() {
    support::in_namespace(|_room| {
        // As Docker's profile does.
        let forbid = |mut doctor| {
            deny(&mut doctor, libc::SYS_unshare, with(Errno::EPERM));
            doctor
        };
        let begin = "note     namespaces: may not be made (unshare: ";
        Machine::new().examine_as(forbid, |report| {
            report.will_do().says(
                begin,
                &[
                    "Operation not permitted",
                    "keys of their own",
                    "or run the container",
                ],
            );
        });
        for (setting, value, remedy) in [
            ("user/max_user_namespaces", "0", "10000"),
            ("user/max_ipc_namespaces", "0", "10000"),
            ("kernel/unprivileged_userns_clone", "0", "1"),
            ("kernel/apparmor_restrict_unprivileged_userns", "1", "0"),
        ] {
            Machine::new()
                .described(&format!("proc/sys/{setting}"), &format!("{value}\n"))
                .examine_as(forbid, |report| {
                    report.says(begin, &[&format!("\"sudo sysctl {setting}={remedy}\"")]);
                });
        }
        Machine::new()
            .described("proc/sys/kernel/unprivileged_userns_clone", "1\n")
            .examine_as(forbid, |report| {
                report.says(begin, &["--privileged"]);
            });
    });
}

#[test]
fn namespaces_for_root_alone_are_noted() {
    support::in_namespace(|_room| {
        let forbid = |mut doctor| {
            let flag = u32::try_from(libc::CLONE_NEWUSER).unwrap();
            deny_flag(&mut doctor, libc::SYS_unshare, 0, flag, with(Errno::EPERM));
            doctor
        };
        Machine::new().examine_as(forbid, |report| {
            report.will_do().says(
                "note     namespaces: may be made by root, but without a user namespace",
                &["use \"unshare --ipc bash\""],
            );
        });
    });
}

#[test]
fn used_up_namespaces_are_noted() {
    support::in_namespace(|_room| {
        // These settings belong to a user namespace, and go with it.
        let script = "echo 0 > /proc/sys/user/max_user_namespaces && \
            echo 0 > /proc/sys/user/max_ipc_namespaces && exec \"$0\" \"$@\"";
        let confine = |doctor: Command| {
            let mut inside = Command::new(real("unshare"));
            inside
                .args(["--user", "--map-root-user", "/bin/sh", "-c", script])
                .arg(doctor.get_program())
                .args(doctor.get_args());
            for (name, value) in doctor.get_envs() {
                match value {
                    Some(value) => inside.env(name, value),
                    None => inside.env_remove(name),
                };
            }
            inside
        };
        Machine::new().examine_as(confine, |report| {
            report.will_do().says(
                "note     namespaces: may not be made (unshare: ",
                &[
                    "No space left on device",
                    "sysctl user/max_user_namespaces=10000 user/max_ipc_namespaces=10000\"",
                ],
            );
        });
    });
}

#[test]
fn missing_unshare_is_noted() {
    support::in_namespace(|_room| {
        Machine::new().without(&["unshare"]).examine(|report| {
            report
                .will_do()
                .says("note     namespaces: unshare is missing", &["util-linux"]);
        });
    });
}
