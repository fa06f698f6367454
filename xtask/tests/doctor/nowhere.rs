//! Where the limits of namespaces are used up: these settings belong to a user namespace, and go
//! with it.

use std::process::Command;

use crate::machine::{Machine, real};

#[test]
fn used_up_namespaces_are_noted() {
    support::in_namespace(|_room| {
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
