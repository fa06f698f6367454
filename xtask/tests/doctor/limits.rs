//! Limits that are not the kernel's own.

use crate::report::{Report, doctor};

#[test]
fn lowered_limits_are_noted() {
    support::in_namespace(|room| {
        room.set_limit("msgmax", 4096);
        Report::of(doctor()).will_do().says(
            "note     limits: msgmax is 4096 bytes a message, not 8192",
            &["To do: nothing, or `sudo sysctl kernel.msgmni=32000"],
        );
    });
}

#[test]
fn no_room_for_another_queue_is_a_problem() {
    support::in_namespace(|room| {
        room.set_limit("msgmni", 0);
        Report::of(doctor()).stops(1).says(
            "problem  message queues: msgget failed with ENOSPC",
            &[
                "msgmni is 0, 0 here",
                "`ipcrm -q ID`",
                "`sudo sysctl kernel.msgmni=32000`",
            ],
        );
    });
}

#[test]
fn no_room_for_a_message_is_a_problem() {
    support::in_namespace(|room| {
        for (limit, errno) in [("msgmnb", "EAGAIN"), ("msgmax", "EINVAL")] {
            let before = room.limit(limit);
            room.set_limit(limit, 4);
            Report::of(doctor()).stops(1).says(
                &format!("problem  message queues: msgsnd failed with {errno}"),
                &[
                    "not even a message of 5 bytes",
                    "kernel.msgmax=8192 kernel.msgmnb=16384",
                ],
            );
            room.set_limit(limit, before);
        }
    });
}
