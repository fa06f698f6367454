//! Kernels that are not here: the doctor knows them by the files in which they describe themselves.

use crate::machine::Machine;

/// What /proc/version says, and the line that comes of it.
const KERNELS: [(&str, &str, &str); 10] = [
    (
        "Linux version 6.1.0-18-amd64 (debian-kernel@lists.debian.org) (gcc-12) #1 SMP Debian",
        "ok       kernel: Linux 1.2.3",
        "",
    ),
    (
        "Linux version 4.4.0-19041-Microsoft (Microsoft@Microsoft.com) (gcc version 5.4.0 (GCC) ) #1237-Microsoft",
        "note     kernel: WSL 1 (1.2.3)",
        "wsl --set-version NAME 2",
    ),
    (
        "Linux version 5.15.167.4-microsoft-standard-WSL2 (root@f9c826d3017f) (gcc (GCC) 11.2.0) #1 SMP",
        "ok       kernel: Linux 1.2.3",
        "WSL 2: a real one",
    ),
    (
        "Linux version 4.19.84-microsoft-standard (oe-user@oe-host) (gcc 8.2.0) #1",
        "ok       kernel: Linux",
        "WSL 2",
    ),
    (
        "Linux version 6.6.36.6-microsoft-custom+ (me@desk) (gcc 13.2.0) #2 SMP",
        "ok       kernel: Linux",
        "WSL 2",
    ),
    (
        "Linux version 4.19.0-gvisor #1 SMP Sun Jan 10 15:06:54 PST 2016",
        "note     kernel: gVisor (1.2.3)",
        "limits that cannot be changed",
    ),
    (
        "Linux version 4.19.0 (gVisor) #1 SMP",
        "note     kernel: gVisor",
        "To do: nothing",
    ),
    (
        "Linux version 4.4.0 #1 SMP Sun Jan 10 15:06:54 PST 2016",
        "note     kernel: gVisor",
        "To do: nothing",
    ),
    (
        "Linux version 5.10.149-android12-9-00001-g2c5e (build-user@build-host) #1",
        "note     kernel: Android (1.2.3)",
        "To do: use another machine",
    ),
    (
        "Linux version 4.9.106-perf+ (jenkins@server) #1 SMP PREEMPT",
        "ok       kernel: Linux",
        "",
    ),
];

fn version(text: &str) -> Machine {
    Machine::new().described("proc/version", &format!("{text}\n"))
}

#[test]
fn kernels_are_known_by_their_versions() {
    support::in_namespace(|_room| {
        for (text, begin, part) in KERNELS {
            version(text)
                .described("proc/sys/kernel/osrelease", "1.2.3\n")
                .examine(|report| {
                    report.will_do().says(begin, &[part]).lacks("container: ");
                });
        }
    });
}

#[test]
fn android_of_a_vendor_is_known_by_its_folders() {
    support::in_namespace(|_room| {
        version("Linux version 4.9.106-perf+ (jenkins@server) #1 SMP PREEMPT")
            .described("system/build.prop", "ro.build.id=1\n")
            .examine(|report| {
                report.says(
                    "note     kernel: Android (of an unknown version)",
                    &["Termux"],
                );
            });
    });
}

#[test]
fn containers_are_known_by_their_marks() {
    support::in_namespace(|_room| {
        for file in [".dockerenv", "run/.containerenv", "run/systemd/container"] {
            version("Linux version 6.1.0")
                .described(file, "")
                .examine(|report| {
                    report.says("ok       container: this is one", &[file]);
                });
        }
    });
}

#[test]
fn other_system_is_a_problem() {
    support::in_namespace(|_room| {
        Machine::new()
            .with("uname", "echo Darwin")
            .examine(|report| {
                report.stops(1).says(
                    "problem  kernel: this is Darwin",
                    &["need Linux", "To do: open this folder in the container"],
                );
            });
    });
}
