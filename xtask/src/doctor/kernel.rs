//! Which kernel this is: Linux, or one of those that say they are.

use super::finding::Finding;
use super::machine::Machine;

const ABOUT: &str = "kernel";

/// gVisor gives itself this date of birth, whatever its version is.
const GVISORS_BIRTHDAY: &str = "Sun Jan 10 15:06:54 PST 2016";

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kernel {
    Linux,
    /// Linux, compiled by Microsoft.
    Wsl2,
    /// Windows, answering the system calls of Linux.
    Wsl1,
    Android,
    /// A program that answers the system calls of a container.
    Gvisor,
}

impl Kernel {
    pub(crate) fn of(machine: &Machine) -> Kernel {
        let version = machine.read("proc/version").unwrap_or_default();
        let lower = version.to_lowercase();
        if lower.contains("gvisor") || version.contains(GVISORS_BIRTHDAY) {
            Kernel::Gvisor
        } else if version.contains("Microsoft") {
            Kernel::Wsl1
        } else if lower.contains("microsoft") {
            // Written small, in kernels that readers compile from Microsoft's sources too.
            Kernel::Wsl2
        } else if lower.contains("android") || machine.has("system/build.prop") {
            Kernel::Android
        } else {
            Kernel::Linux
        }
    }
}

/// What the name says. Whether the calls work is for the trial to say, so nothing is a problem here.
pub(crate) fn check(machine: &Machine) -> Finding {
    let release = machine
        .read("proc/sys/kernel/osrelease")
        .unwrap_or_else(|| "of an unknown version".to_owned());
    match Kernel::of(machine) {
        Kernel::Linux => Finding::ok(ABOUT, format!("Linux {release}")),
        Kernel::Wsl2 => Finding::ok(ABOUT, format!("Linux {release}, in WSL 2: a real one")),
        Kernel::Wsl1 => Finding::note(
            ABOUT,
            format!("WSL 1 ({release}): Windows answers Linux's calls, and has no message queues"),
            "turn this distribution into WSL 2: in PowerShell, `wsl -l -v` names it and `wsl --set-version NAME 2` does it",
        ),
        Kernel::Android => Finding::note(
            ABOUT,
            format!("Android ({release}): it forbids System V IPC to every app, Termux among them"),
            "use another machine, or a codespace in the browser (the repository's .devcontainer describes one)",
        ),
        Kernel::Gvisor => Finding::note(
            ABOUT,
            format!(
                "gVisor ({release}): it has message queues of its own making, with limits that cannot be changed"
            ),
            "go on, and expect tests that lower a limit to fail; a container run by runc, or a virtual machine, has Linux's own",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{Kernel, check};
    use crate::doctor::finding::Mark;
    use crate::doctor::machine::described;

    fn kernel(version: &str) -> Kernel {
        let (_folder, machine) = described(&[("proc/version", version)]);
        Kernel::of(&machine)
    }

    #[test]
    fn wsl_1_and_2_are_told_apart() {
        assert_eq!(
            kernel(
                "Linux version 4.4.0-19041-Microsoft (Microsoft@Microsoft.com) (gcc version 5.4.0 (GCC) ) #1237-Microsoft\n"
            ),
            Kernel::Wsl1
        );
        assert_eq!(
            kernel(
                "Linux version 5.15.167.4-microsoft-standard-WSL2 (root@f9c826d3017f) (gcc (GCC) 11.2.0) #1 SMP\n"
            ),
            Kernel::Wsl2
        );
        assert_eq!(
            kernel("Linux version 4.19.84-microsoft-standard (oe-user@oe-host) (gcc 8.2.0) #1\n"),
            Kernel::Wsl2
        );
    }

    #[test]
    fn a_kernel_of_ones_own_for_wsl_2_is_known() {
        assert_eq!(
            kernel("Linux version 6.6.36.6-microsoft-custom+ (me@desk) (gcc 13.2.0) #2 SMP\n"),
            Kernel::Wsl2
        );
    }

    #[test]
    fn gvisor_is_known_by_name_or_by_its_date() {
        assert_eq!(
            kernel("Linux version 4.19.0-gvisor #1 SMP Sun Jan 10 15:06:54 PST 2016\n"),
            Kernel::Gvisor
        );
        assert_eq!(
            kernel("Linux version 4.4.0 #1 SMP Sun Jan 10 15:06:54 PST 2016\n"),
            Kernel::Gvisor
        );
    }

    #[test]
    fn android_is_known_by_its_kernel_or_its_folders() {
        assert_eq!(
            kernel("Linux version 5.10.149-android12-9-00001-g2c5e (build-user@build-host) #1\n"),
            Kernel::Android
        );
        let vendors = "Linux version 4.9.106-perf+ (jenkins@server) #1 SMP PREEMPT\n";
        assert_eq!(kernel(vendors), Kernel::Linux);
        let (_folder, machine) = described(&[
            ("proc/version", vendors),
            ("system/build.prop", "ro.build.id=1\n"),
        ]);
        assert_eq!(Kernel::of(&machine), Kernel::Android);
    }

    #[test]
    fn a_distributions_kernel_is_linux() {
        let version = "Linux version 6.1.0-18-amd64 (debian-kernel@lists.debian.org) (gcc-12) #1 SMP PREEMPT_DYNAMIC Debian\n";
        assert_eq!(kernel(version), Kernel::Linux);
    }

    #[test]
    fn each_of_the_odd_ones_says_what_to_do() {
        let cases = [
            (
                "4.4.0-19041-Microsoft",
                Mark::Note,
                "wsl --set-version NAME 2",
            ),
            ("5.15.167.4-microsoft-standard-WSL2", Mark::Ok, "a real one"),
            ("5.10.149-android12-9", Mark::Note, "Termux"),
            ("4.19.0-gvisor", Mark::Note, "limits that cannot be changed"),
        ];
        for (release, mark, part) in cases {
            let (_folder, machine) = described(&[
                ("proc/version", &format!("Linux version {release} #1\n")),
                ("proc/sys/kernel/osrelease", &format!("{release}\n")),
            ]);
            let finding = check(&machine);
            let text = finding.to_string();
            assert_eq!(finding.mark, mark, "{text}");
            assert!(text.contains(release) && text.contains(part), "{text}");
        }
    }
}
