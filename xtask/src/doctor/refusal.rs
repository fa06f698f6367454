//! Why a call is refused: the same errno has several causes, and other remedies for each.

use nix::errno::Errno;
use nix::sys::signal::Signal;

use super::child::Outcome;
use super::finding::Finding;
use super::kernel::Kernel;
use super::machine::Machine;
use super::queues::all;
use super::trial::Failure;

/// What a container, or whoever else installed a filter, has to be told.
const ALLOW: &str = "allow msgget, msgsnd, msgrcv and msgctl in the container's seccomp profile (Docker's own allows them), or use a virtual machine or another computer";

/// Chapter 2 is as far as a reader comes with this.
pub(crate) fn explain(failure: &Failure, machine: &Machine) -> Finding {
    let (cause, mut remedy) = cause(failure, machine);
    if let Some(id) = failure.left {
        remedy +=
            &format!("; the queue of this trial is still here: `ipcrm -q {id}`, from outside");
    }
    let what = format!("{} {}: {cause}", failure.call, word(failure.outcome));
    Finding::problem("message queues", what, remedy)
}

/// How it failed, to stand behind the name of the call.
pub(crate) fn word(outcome: Outcome) -> String {
    match outcome {
        Outcome::Returned(value) => format!("returned {value}"),
        Outcome::Failed(errno) => format!("failed with {errno:?}"),
        Outcome::Killed(signal) => format!("was answered with {signal} (\"Bad system call\")"),
    }
}

fn cause(failure: &Failure, machine: &Machine) -> (String, String) {
    use Kernel::{Android, Wsl1};
    let kernel = Kernel::of(machine);
    let (cause, remedy) = match failure.outcome {
        Outcome::Killed(Signal::SIGSYS) if kernel == Android => (
            "Android kills every app that makes this call",
            "use another machine, or a codespace in the browser (the repository's .devcontainer describes one)",
        ),
        Outcome::Killed(_) => (
            "a seccomp filter kills the program that makes this call",
            ALLOW,
        ),
        // The first versions of WSL 1 said EOPNOTSUPP.
        Outcome::Failed(Errno::ENOSYS | Errno::EOPNOTSUPP) if kernel == Wsl1 => (
            "WSL 1 has no message queues",
            "turn this distribution into WSL 2, as the line above says",
        ),
        // The kernel has the file if and only if it has the calls.
        Outcome::Failed(Errno::ENOSYS) if machine.has("proc/sys/kernel/msgmni") => (
            "this kernel has the call, but a seccomp filter denies it",
            ALLOW,
        ),
        Outcome::Failed(Errno::ENOSYS) => (
            "this kernel was built without message queues (CONFIG_SYSVIPC)",
            "use a kernel of your distribution's, or build yours with CONFIG_SYSVIPC=y",
        ),
        Outcome::Failed(Errno::EPERM | Errno::EACCES) if machine.is_filtered() => {
            ("a seccomp filter forbids the call", ALLOW)
        }
        Outcome::Failed(Errno::EPERM | Errno::EACCES) => (
            "a security module (SELinux, AppArmor) forbids the call",
            "look for the refusal in `dmesg` or `journalctl -k`, and have the module allow System V IPC",
        ),
        Outcome::Failed(Errno::ENOSPC) => return used_up(machine),
        Outcome::Failed(Errno::EAGAIN | Errno::EINVAL) if failure.call == "msgsnd" => (
            "not even a message of 5 bytes is allowed: msgmax or msgmnb is next to nothing",
            "raise them: `sudo sysctl kernel.msgmax=8192 kernel.msgmnb=16384`",
        ),
        Outcome::Failed(Errno::ENOMEM) => ("the kernel has no memory left", "close some programs"),
        _ => (
            "nothing that the book knows of",
            "look at the manual page of the call; `strace` shows what the kernel was asked",
        ),
    };
    (cause.to_owned(), remedy.to_owned())
}

fn used_up(machine: &Machine) -> (String, String) {
    let limit = machine
        .number("proc/sys/kernel/msgmni")
        .map_or_else(|| "unknown".to_owned(), |limit| limit.to_string());
    let count = all(machine).map_or(0, |queues| queues.len());
    (
        format!("the limit of the number of queues is reached (msgmni is {limit}, {count} here)"),
        "look with `ipcs -q` for queues that nobody needs and remove them with `ipcrm -q ID`; or raise the limit: `sudo sysctl kernel.msgmni=32000`".to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::explain;
    use crate::doctor::child::Outcome;
    use crate::doctor::machine::described;
    use crate::doctor::trial::Failure;
    use nix::errno::Errno;
    use nix::sys::signal::Signal;

    const FILTERED: (&str, &str) = (
        "proc/self/status",
        "Name:\tx\nSeccomp:\t2\nSeccomp_filters:\t1\n",
    );
    const FREE: (&str, &str) = (
        "proc/self/status",
        "Name:\tx\nSeccomp:\t0\nSeccomp_filters:\t0\n",
    );
    const WITH_CALLS: (&str, &str) = ("proc/sys/kernel/msgmni", "32000\n");

    #[track_caller]
    fn says(outcome: Outcome, files: &[(&str, &str)], part: &str) {
        let (_folder, machine) = described(files);
        let failure = Failure {
            call: "msgget",
            outcome,
            left: None,
        };
        let text = explain(&failure, &machine).to_string();
        assert!(
            text.starts_with("problem  message queues: msgget "),
            "{text}"
        );
        assert!(text.contains(part), "{part:?} is not in {text}");
    }

    #[test]
    fn enosys_has_three_causes() {
        let enosys = Outcome::Failed(Errno::ENOSYS);
        says(enosys, &[FREE], "CONFIG_SYSVIPC");
        says(
            enosys,
            &[FILTERED, WITH_CALLS],
            "a seccomp filter denies it",
        );
        let wsl = ("proc/version", "Linux version 4.4.0-19041-Microsoft\n");
        says(enosys, &[wsl], "WSL 1 has no message queues");
        says(
            Outcome::Failed(Errno::EOPNOTSUPP),
            &[wsl],
            "WSL 1 has no message queues",
        );
    }

    #[test]
    fn eperm_has_two_causes() {
        for errno in [Errno::EPERM, Errno::EACCES] {
            says(
                Outcome::Failed(errno),
                &[FILTERED],
                "a seccomp filter forbids",
            );
            says(Outcome::Failed(errno), &[FREE], "a security module");
        }
    }

    #[test]
    fn a_killing_is_androids_or_a_containers() {
        let killed = Outcome::Killed(Signal::SIGSYS);
        let android = ("proc/version", "Linux version 5.10.149-android12-9\n");
        says(killed, &[android], "Android kills");
        says(killed, &[FILTERED], "a seccomp filter kills");
    }

    #[test]
    fn an_errno_nobody_expects_is_named() {
        says(Outcome::Failed(Errno::EIO), &[], "failed with EIO");
    }
}
