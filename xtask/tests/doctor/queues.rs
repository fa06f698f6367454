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
        let letter = Letter { kind: 1, text: *b"hello" };
        // SAFETY: `letter` is a long with the 5 bytes after it that are sent.
        let sent = unsafe { libc::msgsnd(id, (&raw const letter).cast(), 5, libc::IPC_NOWAIT) };
        Errno::result(sent).unwrap();
    }
    id
}

#[test]
fn leftover_queue_is_removed_by_the_command_in_the_report() {
    support::in_namespace(|room| {
        // So that the id to be printed is not 0.
        let first = leave_behind(77);
        let id = leave_behind(1234);
        Machine::new().examine(|report| {
            report.will_do().says("ok       other queues: 1,", &[]).says(
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
            report.says("ok       key 1234: free", &[]).says("ok       other queues: 1,", &[]);
        });
        room.remove(first);
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
                    &["owned by root", "unshare --user --map-root-user --ipc bash", &ask],
                );
            });
            Machine::new().examine_as(confined, |report| {
                report.says("problem  key 1234: a queue is here already", &["owned by root", &ask]);
            });
        }
        room.remove(id);
    });
}
