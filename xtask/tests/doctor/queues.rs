//! Queues that are here already: told, and left alone.

use std::process::Command;

use nix::errno::Errno;
use nix::libc;
use support::{Running, as_user, copy_for_others};

use crate::filter::{deny, with};
use crate::report::{Report, doctor};

#[repr(C)]
struct Letter {
    kind: libc::c_long,
    text: [u8; 5],
}

/// A queue with two messages of 5 bytes in it; its id.
fn leave_behind(key: i32) -> i32 {
    // SAFETY: the call takes numbers.
    let id = unsafe { libc::msgget(key, libc::IPC_CREAT | libc::IPC_EXCL | 0o600) };
    Errno::result(id).unwrap();
    for _ in 0..2 {
        let letter = Letter {
            kind: 1,
            text: *b"hello",
        };
        // SAFETY: `letter` is a long with the 5 bytes behind it that are sent.
        let sent = unsafe { libc::msgsnd(id, (&raw const letter).cast(), 5, libc::IPC_NOWAIT) };
        Errno::result(sent).unwrap();
    }
    id
}

#[test]
fn an_orderly_machine_will_do() {
    support::in_namespace(|room| {
        Report::of(doctor())
            .will_do()
            .says("ok       kernel: ", &[])
            .says(
                "ok       message queues: made a private one, sent 5 bytes",
                &[],
            )
            .says("ok       peeking (MSG_COPY): ", &[])
            .says(
                "ok       limits: msgmni 32000",
                &["msgmax 8192", "msgmnb 16384"],
            )
            .says("ok       key 1234: free", &[])
            .says("ok       other queues: none", &[]);
        assert!(room.queues().is_empty());
    });
}

#[test]
fn leftover_queue_goes_by_the_command_that_is_told() {
    support::in_namespace(|room| {
        // So that the id to be told is not 0.
        let first = leave_behind(77);
        let id = leave_behind(1234);
        let command = format!("`ipcrm -q {id}`");
        Report::of(doctor()).will_do().says(
            "note     key 1234: a queue is here already (0x000004d2, id ",
            &[
                &format!("id {id})"),
                "2 messages (10 bytes) waiting",
                "To do: if no program of yours is using it",
                &command,
            ],
        );

        let words: Vec<_> = command.trim_matches('`').split(' ').collect();
        let mut ipcrm = Command::new(words[0]);
        ipcrm.args(&words[1..]);
        Running::start(ipcrm).finish().success();
        Report::of(doctor())
            .says("ok       key 1234: free", &[])
            .says("ok       other queues: 1, ", &[]);
        room.remove(first);
    });
}

#[test]
fn queues_of_others_stay_as_they_are() {
    support::in_namespace(|room| {
        let ids = [77, 1234].map(leave_behind);
        let before = format!("{:?}", room.queues());
        Report::of(doctor());
        assert_eq!(format!("{:?}", room.queues()), before);
        for id in ids {
            room.remove(id);
        }
    });
}

#[test]
fn strangers_queue_is_a_problem_only_without_namespaces() {
    support::in_namespace(|room| {
        let id = leave_behind(1234);
        let (_guard, program) = copy_for_others(env!("CARGO_BIN_EXE_xtask"));
        let ask = format!("ask root to run `ipcrm -q {id}`");
        let as_stranger = || {
            let mut doctor = Command::new(&program);
            doctor.arg("doctor");
            as_user(4321, &mut doctor).then_some(doctor)
        };
        if let (Some(free), Some(mut confined)) = (as_stranger(), as_stranger()) {
            Report::of(free).says(
                "note     key 1234: a queue is here already",
                &[
                    "owned by root",
                    "unshare --user --map-root-user --ipc bash",
                    &ask,
                ],
            );
            deny(&mut confined, libc::SYS_unshare, with(Errno::EPERM));
            Report::of(confined).says(
                "problem  key 1234: a queue is here already",
                &["owned by root", &ask],
            );
        }
        room.remove(id);
    });
}
