//! The three limits that show in the book's sessions.

use super::finding::Finding;
use super::machine::Machine;

const ABOUT: &str = "limits";

/// What the sessions were recorded with, which is what the kernel begins with.
const ASSUMED: [(&str, u64, &str); 3] = [
    ("msgmni", 32000, "queues"),
    ("msgmax", 8192, "bytes a message"),
    ("msgmnb", 16384, "bytes a queue"),
];

pub(crate) fn check(machine: &Machine) -> Finding {
    let mut same = Vec::new();
    let mut other = Vec::new();
    for (name, assumed, unit) in ASSUMED {
        match machine.number(&format!("proc/sys/kernel/{name}")) {
            Some(here) if here == assumed => same.push(format!("{name} {here} {unit}")),
            Some(here) => other.push(format!("{name} is {here} {unit}, not {assumed}")),
            None => other.push(format!("{name} cannot be read in /proc/sys/kernel")),
        }
    }
    if other.is_empty() {
        return Finding::ok(ABOUT, format!("{}, as in the book", same.join(", ")));
    }
    let settings = ASSUMED.map(|(name, assumed, _)| format!("kernel.{name}={assumed}"));
    Finding::note(
        ABOUT,
        format!(
            "{}: some figures in chapters 2 to 5 look different here",
            other.join(", ")
        ),
        format!(
            "nothing, or `sudo sysctl {}` until the next restart",
            settings.join(" ")
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::doctor::machine::{Machine, described};

    #[test]
    fn lowered_limits_are_told_with_both_figures() {
        support::in_namespace(|room| {
            let begin = check(&Machine::this()).to_string();
            assert!(begin.starts_with("ok "), "{begin}");
            room.set_limit("msgmnb", 2048);
            room.set_limit("msgmni", 40);
            let text = check(&Machine::this()).to_string();
            assert!(
                text.starts_with(
                    "note     limits: msgmni is 40 queues, not 32000, msgmnb is 2048 bytes a queue, not 16384: "
                ),
                "{text}"
            );
            assert!(text.contains(
                "sudo sysctl kernel.msgmni=32000 kernel.msgmax=8192 kernel.msgmnb=16384"
            ));
        });
    }

    #[test]
    fn unreadable_limits_are_no_problem() {
        let (_folder, machine) = described(&[]);
        let text = check(&machine).to_string();
        assert!(
            text.starts_with("note     limits: msgmni cannot be read"),
            "{text}"
        );
    }
}
