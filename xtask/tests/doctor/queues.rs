//! Queues that are here already: reported, and left alone.

use std::process::Command;

use nix::errno::Errno;
use nix::libc;
use support::{Running, as_user};

use crate::filter::{deny, with};
use crate::machine::Machine;

#[repr(C)]
struct Letter {
    kind: libc::c_long,
    text: [u8; 5],
}

/// A queue with two messages of 5 bytes in it; its id.
pub(crate) fn leave_behind(key: i32) -> i32 {
    // SAFETY: the call takes numbers.
    let id = unsafe { libc::msgget(key, libc::IPC_CREAT | libc::IPC_EXCL | 0o600) };
    Errno::result(id).unwrap();
    for _ in 0..2 {
        let letter = Letter {
            kind: 1,
            text: *b"hello",
        };
        // SAFETY: `letter` is a long with the 5 bytes after it that are sent.
        let sent = unsafe { libc::msgsnd(id, (&raw const letter).cast(), 5, libc::IPC_NOWAIT) };
        Errno::result(sent).unwrap();
    }
    id
}

#[test]
fn orderly_machine_will_do() {
    support::in_namespace(|room| {
        Machine::new().examine(|report| {
            report
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
                .says("ok       other queues: 0", &[]);
            assert!(room.queues().is_empty());
        });
    });
}

#[test]
fn leftover_queue_is_removed_by_the_command_in_the_report() {
    support::in_namespace(|room| {
        // So that the id to be printed is not 0.
        let first = leave_behind(77);
        let id = leave_behind(1234);
        Machine::new().examine(|report| {
            report
                .will_do()
                .says("ok       other queues: 1,", &[])
                .says(
                    &format!("note     key 1234: a queue is here already (0x000004d2, id {id})"),
                    &[
                        "2 messages (10 bytes) waiting",
                        "if no program of yours is using it",
                        &format!("\"ipcrm -q {id}\""),
                    ],
                );
        });
        let mut ipcrm = Command::new("ipcrm");
        ipcrm.args(["-q", &id.to_string()]);
        Running::start(ipcrm).finish().success();
        Machine::new().examine(|report| {
            report
                .says("ok       key 1234: free", &[])
                .says("ok       other queues: 1,", &[]);
        });
        room.remove(first);
    });
}

#[test]
fn queues_of_others_stay_as_they_are() {
    support::in_namespace(|room| {
        let ids = [77, 1234].map(leave_behind);
        let before = format!("{:?}", room.queues());
        for missing in [&[][..], &["perl"]] {
            Machine::new().without(missing).examine(|report| {
                report.will_do();
                assert_eq!(format!("{:?}", room.queues()), before);
            });
        }
        for id in ids {
            room.remove(id);
        }
    });
}

/// A list of queues, of which one on the book's key is owned and was made by these.
fn list(owner: u32, creator: u32) -> String {
    format!(
        "       key      msqid perms      cbytes       qnum lspid lrpid   uid   gid  cuid  cgid      stime      rtime      ctime\n\
                 77          0   600           0          0     0     0     0     0     0     0          0          0          1\n\
               1234          5   600          13          2   811   812 {owner:5}     9 {creator:5}     9          1          2          3\n\
                 -1      32769   600           0          0     0     0     0     0     0     0          0          0          1\n"
    )
}

/// Who looks, what may be made, whose queue it is, and what is said of it.
#[test]
fn remedy_depends_on_the_owner_and_the_reader() {
    let note = "note     key 1234: a queue is here already";
    let stop = "problem  key 1234: a queue is here already";
    let rows = [
        (
            1000,
            true,
            65533,
            1,
            note,
            "follow the book in a shell with queues of its own, \"unshare --user",
        ),
        (
            1000,
            false,
            65533,
            1,
            stop,
            "ask user 65533 to run \"ipcrm -q 5\", or do it with sudo",
        ),
        (
            1000,
            false,
            1000,
            1,
            note,
            "if no program of yours is using it",
        ),
        (
            1000,
            false,
            65533,
            1000,
            note,
            "if no program of yours is using it",
        ),
        (0, false, 65533, 1, note, "if user 65533 does not need it"),
    ];
    support::in_namespace(|_room| {
        for (reader, namespaces, owner, creator, begin, part) in rows {
            let forbid = |mut doctor| {
                if !namespaces {
                    deny(&mut doctor, libc::SYS_unshare, with(Errno::EPERM));
                }
                doctor
            };
            Machine::new()
                .with("id", &format!("echo {reader}"))
                .described("proc/sysvipc/msg", &list(owner, creator))
                .examine_as(forbid, |report| {
                    report.says(begin, &["2 messages (13 bytes)", part]);
                    report.says("ok       other queues: 2,", &[]);
                });
        }
    });
}

#[test]
fn strangers_queue_is_a_problem_only_without_namespaces() {
    support::in_namespace(|room| {
        let id = leave_behind(1234);
        let ask = format!("ask root to run \"ipcrm -q {id}\"");
        if as_user(4321, &mut Command::new("true")) {
            let stranger = |mut doctor: Command| {
                assert!(as_user(4321, &mut doctor));
                doctor
            };
            let confined = |doctor| {
                let mut doctor = stranger(doctor);
                deny(&mut doctor, libc::SYS_unshare, with(Errno::EPERM));
                doctor
            };
            Machine::new().examine_as(stranger, |report| {
                report.says(
                    "note     key 1234: a queue is here already",
                    &[
                        "owned by root",
                        "unshare --user --map-root-user --ipc bash",
                        &ask,
                    ],
                );
            });
            Machine::new().examine_as(confined, |report| {
                report.says(
                    "problem  key 1234: a queue is here already",
                    &["owned by root", &ask],
                );
            });
        }
        room.remove(id);
    });
}

#[test]
fn unreadable_list_is_noted() {
    support::in_namespace(|_room| {
        Machine::new()
            .described("proc/version", "Linux version 6.1.0\n")
            .examine(|report| {
                report.will_do().says(
                    "note     key 1234: nobody can tell",
                    &["To do: nothing, unless"],
                );
            });
    });
}
