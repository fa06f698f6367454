//! Limits that are not the kernel's own.

use crate::machine::Machine;

#[test]
fn changed_limits_are_noted() {
    support::in_namespace(|room| {
        room.set_limit("msgmax", 4096);
        room.set_limit("msgmni", 40);
        Machine::new().examine(|report| {
            report.will_do().says(
                "note     limits: msgmni 40, not 32000 queues, msgmax 4096, not 8192 bytes a message, msgmnb 16384 bytes",
                &["To do: nothing, or \"sudo sysctl kernel.msgmni=32000 kernel.msgmax=8192 kernel.msgmnb=16384\""],
            );
        });
    });
}

#[test]
fn unreadable_limits_are_noted() {
    support::in_namespace(|_room| {
        Machine::new()
            .described("proc/version", "Linux version 6.1.0\n")
            .examine(|report| {
                report
                    .will_do()
                    .says("note     limits: msgmni not to be read, not 32000", &[]);
            });
    });
}

#[test]
fn full_queue_table_is_a_problem() {
    support::in_namespace(|room| {
        let id = crate::queues::leave_behind(77);
        room.set_limit("msgmni", 1);
        for missing in [&[][..], &["perl"]] {
            Machine::new().without(missing).examine(|report| {
                report.stops(1).says(
                    "problem  message queues: msgget failed with ",
                    &[
                        if missing.is_empty() {
                            "ENOSPC"
                        } else {
                            "No space left on device"
                        },
                        "msgmni, the limit of queues, is 1, and 1 are here",
                        "\"ipcrm -q ID\"",
                        "\"sudo sysctl kernel.msgmni=32000\"",
                    ],
                );
            });
        }
        room.remove(id);
    });
}

#[test]
fn limits_too_low_for_any_message_are_a_problem() {
    support::in_namespace(|room| {
        for (limit, errno) in [("msgmnb", "EAGAIN"), ("msgmax", "EINVAL")] {
            let before = room.limit(limit);
            room.set_limit(limit, 4);
            Machine::new().examine(|report| {
                report.stops(1).says(
                    &format!("problem  message queues: msgsnd failed with {errno}"),
                    &[
                        "not even a message of 5 bytes",
                        "kernel.msgmax=8192 kernel.msgmnb=16384",
                    ],
                );
                assert!(room.queues().is_empty());
            });
            room.set_limit(limit, before);
        }
    });
}
