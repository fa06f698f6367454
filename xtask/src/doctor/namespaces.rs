//! Whether IPC namespaces may be made: for the reader's shell with queues of its own, and for each test.

use std::io::ErrorKind;
use std::process::{Command, Stdio};

use super::finding::Finding;
use super::machine::Machine;

const ABOUT: &str = "namespaces";

const AS_ANYONE: [&str; 3] = ["--user", "--map-root-user", "--ipc"];
const AS_ROOT: [&str; 1] = ["--ipc"];

/// What stands in the way, if the setting has this value, and how to change it.
const SETTINGS: [(&str, &str); 4] = [
    ("user.max_user_namespaces", "0"),
    ("user.max_ipc_namespaces", "0"),
    ("kernel.unprivileged_userns_clone", "0"),
    ("kernel.apparmor_restrict_unprivileged_userns", "1"),
];

pub(crate) enum Permission {
    /// As the book's introduction does it.
    Anyone,
    /// Without a user namespace around it, which only root may.
    Root,
    /// Not at all, with what `unshare` says.
    Refused(String),
    /// Who knows: there is no `unshare` here.
    NoProgram,
}

impl Permission {
    /// Tries it: a program that does nothing is started in one.
    pub(crate) fn ask() -> Permission {
        match unshare(&AS_ANYONE) {
            Permission::Refused(why) => match unshare(&AS_ROOT) {
                Permission::Anyone => Permission::Root,
                _ => Permission::Refused(why),
            },
            answer => answer,
        }
    }

    /// The command for a shell in a namespace, if there may be one.
    pub(crate) fn shell(&self) -> Option<String> {
        match self {
            Permission::Anyone => Some(format!("unshare {} bash", AS_ANYONE.join(" "))),
            Permission::Root => Some(format!("unshare {} bash", AS_ROOT.join(" "))),
            Permission::Refused(_) | Permission::NoProgram => None,
        }
    }

    pub(crate) fn check(&self, machine: &Machine) -> Finding {
        match self {
            Permission::Anyone => Finding::ok(
                ABOUT,
                "may be made: each test gets one, and so does the shell of the introduction, where ids begin at 0",
            ),
            Permission::Root => Finding::note(
                ABOUT,
                "may be made by root, but not as in the introduction, with a user namespace: tests get theirs all the same",
                format!(
                    "where the book says `unshare {} bash`, use `unshare {} bash`",
                    AS_ANYONE.join(" "),
                    AS_ROOT.join(" ")
                ),
            ),
            Permission::Refused(why) => Finding::note(
                ABOUT,
                format!(
                    "may not be made ({why}): tests use keys of their own among everybody's queues, those that lower a limit \
                         are skipped, and you read your own ids where the book says 0"
                ),
                remedy(machine),
            ),
            Permission::NoProgram => Finding::note(
                ABOUT,
                "`unshare` is missing, which makes them for the reader's shell and for an ordinary user's tests",
                "install util-linux (apt-get install util-linux)",
            ),
        }
    }
}

/// `Anyone` if it worked.
fn unshare(options: &[&str]) -> Permission {
    let tried = Command::new("unshare")
        .args(options)
        .arg("true")
        .stdin(Stdio::null())
        .output();
    match tried {
        Ok(output) if output.status.success() => Permission::Anyone,
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr);
            Permission::Refused(
                said.trim()
                    .lines()
                    .next()
                    .unwrap_or("unshare failed")
                    .to_owned(),
            )
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Permission::NoProgram,
        Err(error) => Permission::Refused(format!("unshare: {error}")),
    }
}

fn remedy(machine: &Machine) -> String {
    let settings: Vec<_> = SETTINGS
        .iter()
        .filter(|(name, bad)| {
            let file = format!("proc/sys/{}", name.replace('.', "/"));
            machine.read(&file).is_some_and(|value| value == *bad)
        })
        .map(|(name, bad)| {
            let good = match (*name, *bad) {
                (_, "1") => "0",
                ("kernel.unprivileged_userns_clone", _) => "1",
                _ => "10000",
            };
            format!("{name}={good}")
        })
        .collect();
    if settings.is_empty() {
        return "nothing, or run the container with permission to make them (for Docker, --privileged), or as root".to_owned();
    }
    format!(
        "nothing, or `sudo sysctl {}` until the next restart, after asking who set it so",
        settings.join(" ")
    )
}

#[cfg(test)]
mod tests {
    use super::Permission;
    use crate::doctor::machine::described;

    #[track_caller]
    fn remedy_for(file: &str, value: &str, command: &str) {
        let (_folder, machine) = described(&[(file, value)]);
        let text = Permission::Refused("EPERM".to_owned())
            .check(&machine)
            .to_string();
        assert!(text.contains(command), "{text}");
    }

    #[test]
    fn each_setting_in_the_way_is_named() {
        let cases = [
            (
                "user/max_user_namespaces",
                "0\n",
                "user.max_user_namespaces=10000",
            ),
            (
                "kernel/unprivileged_userns_clone",
                "0\n",
                "kernel.unprivileged_userns_clone=1",
            ),
            (
                "kernel/apparmor_restrict_unprivileged_userns",
                "1\n",
                "kernel.apparmor_restrict_unprivileged_userns=0",
            ),
            ("kernel/unprivileged_userns_clone", "1\n", "--privileged"),
        ];
        for (file, value, command) in cases {
            remedy_for(&format!("proc/sys/{file}"), value, command);
        }
    }
}
