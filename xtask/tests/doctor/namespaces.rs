//! Namespaces that may not be made.

use std::process::Command;

use nix::errno::Errno;
use nix::libc;

use crate::filter::{deny, deny_flag, with};
use crate::report::{Report, doctor};

#[test]
fn permitted_here() {
    support::in_namespace(|_room| {
        Report::of(doctor()).says("ok       namespaces: may be made", &[]);
    });
}

#[test]
fn none_at_all() {
    support::in_namespace(|_room| {
        let mut doctor = doctor();
        // As Docker's profile does.
        deny(&mut doctor, libc::SYS_unshare, with(Errno::EPERM));
        Report::of(doctor).will_do().says(
            "note     namespaces: may not be made (unshare: ",
            &[
                "Operation not permitted",
                "keys of their own",
                "To do: nothing, or run the container",
            ],
        );
    });
}

#[test]
fn roots_but_no_user_namespaces() {
    support::in_namespace(|_room| {
        let mut doctor = doctor();
        let flag = u32::try_from(libc::CLONE_NEWUSER).unwrap();
        deny_flag(&mut doctor, libc::SYS_unshare, 0, flag, with(Errno::EPERM));
        Report::of(doctor).will_do().says(
            "note     namespaces: may be made by root, but not as in the introduction",
            &["use `unshare --ipc bash`"],
        );
    });
}

#[test]
fn used_up() {
    support::in_namespace(|_room| {
        // These settings belong to a user namespace, and go with it.
        let script = "echo 0 > /proc/sys/user/max_user_namespaces && echo 0 > /proc/sys/user/max_ipc_namespaces && exec \"$0\" doctor";
        let mut inside = Command::new("unshare");
        inside
            .args(["--user", "--map-root-user", "sh", "-c", script])
            .arg(env!("CARGO_BIN_EXE_xtask"));
        Report::of(inside).says(
            "note     namespaces: may not be made (unshare: ",
            &[
                "No space left on device",
                "`sudo sysctl user.max_user_namespaces=10000 user.max_ipc_namespaces=10000`",
            ],
        );
    });
}
