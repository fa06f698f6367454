//! The program: changes queues.

use assert_cmd::cargo::cargo_bin;
use ch06_cleanup::Status;
use nix::unistd::{Gid, Uid};
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use support::{Running, as_user, copy_for_others};

use crate::program::{ch12, us};
use crate::{ANN, OURS, new_queue};

#[test]
fn owner_is_told_that_only_root_may_exceed_msgmnb() {
    support::alone(|room| {
        let (_copied, program) = copy_for_others(cargo_bin!("ch12"));
        let make = || new_queue(room, OURS).id().to_string();
        let Some(id) = support::as_stranger(ANN, make) else { return };
        let mut command = std::process::Command::new(&program);
        command.args(["capacity", &id, "2147483647"]);
        assert!(as_user(ANN, &mut command));
        let refused = Running::start(command).finish();
        refused.code(1).stderr_has("the queue is yours").stderr_has("msgmnb").stderr_has("(EPERM)");
        room.remove(id.parse().expect("a number"));
    });
}

#[test]
fn changes_are_made_and_shown() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        let id = queue.id().to_string();
        let (user, group) = us();
        let line = |mode: &str, capacity: &str| {
            format!(
                "queue {id}: owner {user}, group {group}, made by {user}, mode {mode}, {capacity}\n"
            )
        };
        let change = |verb: &str, value: &str, line: String| {
            ch12(&[verb, &id, value]).assert().success().stdout(line).stderr("");
        };
        change("allow", "620", line("rw--w---- 620", "16384 bytes"));
        change("give", &user, line("rw--w---- 620", "16384 bytes"));
        change("give", &format!("{user}:{group}"), line("rw--w---- 620", "16384 bytes"));
        let numbers = format!("{}:{}", Uid::effective(), Gid::effective());
        change("give", &numbers, line("rw--w---- 620", "16384 bytes"));
        change("capacity", "100", line("rw--w---- 620", "100 bytes"));
        change("capacity", "0", line("rw--w---- 620", "shut"));
        let refused = ch12(&["capacity", &id, "100"]).assert().code(1).stdout("");
        refused.stderr(contains("somebody is about to close it").and(contains("(EBUSY)")));
        change("allow", "600", line("rw------- 600", "shut"));
        change("open", "200", line("rw------- 600", "200 bytes"));
        room.remove(queue.id());
    });
}

#[test]
fn queue_is_given_to_a_user_and_a_group() {
    support::alone(|room| {
        let make = || new_queue(room, OURS);
        let Some(queue) = support::as_stranger(ANN, make) else { return };
        let done = ch12(&["give", &queue.id().to_string(), "61002:61010"]).assert().success();
        done.stdout(contains(": owner 61002, group 61010, made by 61001, mode "));
        let status = Status::whatever_the_mode(queue).expect("it is there");
        assert_eq!(status.owner, (Uid::from_raw(61_002), Gid::from_raw(61_010)));
        room.remove(queue.id());
    });
}

#[test]
fn value_that_makes_no_sense_is_refused_with_a_reason() {
    let refused = |args: &[&str], words: &str| {
        ch12(args).assert().code(2).stdout("").stderr(contains(words));
    };
    refused(&["show", "queue"], "a queue id is a whole number");
    refused(&["give", "0", "no such user"], "this machine has no user of this name");
    refused(&["give", "0", "0:no such group"], "this machine has no group of this name");
    refused(&["give", "0", "4294967295"], "the highest number is 4294967294");
    refused(&["give", "0", ""], "this machine has no user of this name");
    for mode in ["6", "0600", "888", "+77", "rw-"] {
        refused(&["allow", "0", mode], "a mode is three octal digits");
    }
    for bytes in ["2147483648", "4294967796", "-1", "much"] {
        refused(&["capacity", "0", bytes], "a capacity is a number of bytes, at most 2147483647");
        refused(&["open", "0", bytes], "the kernel would keep the last 32 bits");
    }
    refused(&["find", "0", "root"], "IPC_PRIVATE");
}
