//! The program: lists, shows and changes queues.

use assert_cmd::Command;
use assert_cmd::cargo::{cargo_bin, cargo_bin_cmd};
use ch01_key_setup::Key;
use ch02_create::Queue;
use ch04_send::Sender;
use ch06_cleanup::set_capacity;
use nix::errno::Errno;
use nix::unistd::{Gid, Group, Uid, User};
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use support::filter::{deny_value, with};
use support::{Running, as_user, copy_for_others};

use crate::{ANN, EVERYBODYS, ONE, OURS, new_queue};

pub(crate) fn ch12(args: &[&str]) -> Command {
    let mut command = cargo_bin_cmd!("ch12");
    command.args(args);
    command
}

/// The names of whoever runs the tests.
pub(crate) fn us() -> (String, String) {
    let (user, group) = (Uid::effective(), Gid::effective());
    let user = User::from_uid(user).ok().flatten().map_or(user.to_string(), |user| user.name);
    let group = Group::from_gid(group).ok().flatten().map_or(group.to_string(), |group| group.name);
    (user, group)
}

#[test]
fn queues_are_listed_in_columns() {
    support::in_namespace(|room| {
        ch12(&["list"]).assert().success().stdout("no queues\n").stderr("");
        let first = Queue::create_new(Key::new(1234).expect("not 0"), OURS).expect("it is free");
        let second = new_queue(room, EVERYBODYS);
        Sender::new(first).try_send(ONE, &[0; 8192]).expect("there is room");
        set_capacity(second, 0).expect("the queue is ours");
        let (user, group) = us();
        let (u, g) = (user.len().max(7), group.len().max(5));
        let owner = user.len().max(5);
        let lines = [
            format!(
                "id  key         {:u$}  {:owner$}  {:g$}  mode           messages  full  last used",
                "made by", "owner", "group"
            ),
            format!(
                "0   0x000004d2  {user:u$}  {user:owner$}  {group:g$}  rw------- 600         1   50%  now"
            ),
            format!(
                "1   private     {user:u$}  {user:owner$}  {group:g$}  rw-rw-rw- 666         0  shut  now"
            ),
        ];
        ch12(&["list"]).assert().success().stdout(lines.join("\n") + "\n").stderr("");
        room.remove(first.id());
        room.remove(second.id());
    });
}

#[test]
fn queue_is_shown() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        set_capacity(queue, 100).expect("the queue is ours");
        Sender::new(queue).try_send(ONE, b"hello").expect("there is room");
        let (user, group) = us();
        let (uid, gid, pid) = (Uid::effective(), Gid::effective(), std::process::id());
        let expected = format!(
            "queue     {}\nkey       private\nmade by   {user} ({uid}), group {group} ({gid})\n\
             owner     {user} ({uid}), group {group} ({gid})\nmode      rw------- 600\n\
             you       may read and change it\nmessages  1, 5 bytes\ncapacity  100 bytes (5%)\n\
             sent      now, by process {pid}\nreceived  never\nchanged   now\n",
            queue.id()
        );
        ch12(&["show", &queue.id().to_string()]).assert().success().stdout(expected).stderr("");
        room.remove(queue.id());
    });
}

#[test]
fn stranger_sees_a_queue_that_is_not_to_be_read_and_may_not_change_it() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        let id = queue.id().to_string();
        let (_copied, program) = copy_for_others(cargo_bin!("ch12"));
        let run = |args: &[&str]| {
            let mut command = std::process::Command::new(&program);
            command.args(args);
            as_user(ANN, &mut command).then(|| Running::start(command).finish())
        };
        if let Some(shown) = run(&["show", &id]) {
            shown
                .success()
                .stdout_has("may neither read nor change it")
                .stdout_has("16384 bytes (0%)");
            let listed = run(&["list"]).expect("as before");
            assert!(listed.lines().iter().any(|line| line.starts_with(&format!("{id} "))));
            for change in [["give", "61001"], ["allow", "666"], ["capacity", "1"], ["open", "1"]] {
                let refused = run(&[change[0], &id, change[1]]).expect("as before");
                refused
                    .code(1)
                    .stdout_is("")
                    .stderr_has("only the queue's owner")
                    .stderr_has("(EPERM)");
            }
        }
        room.remove(queue.id());
    });
}

#[test]
fn queue_is_found_by_its_key_and_creator() {
    support::alone(|room| {
        let key = Key::new(room.key()).expect("not 0");
        let queue = Queue::create_new(key, OURS).expect("no queue has it");
        let find = |user: &str| ch12(&["find", &key.to_string(), user]).assert();
        find(&us().0).success().stdout(format!("queue id {}\n", queue.id())).stderr("");
        find("61001")
            .code(1)
            .stdout("")
            .stderr(contains("was not made by 61001").and(contains("(EPERM)")));
        room.remove(queue.id());
        find("61001").code(1).stdout("").stderr(contains("(ENOENT)"));
    });
}

#[test]
fn limits_and_totals_are_printed() {
    support::in_namespace(|room| {
        room.set_limit("msgmni", 7);
        let queue = new_queue(room, OURS);
        Sender::new(queue).try_send(ONE, b"hello").expect("there is room");
        let expected = "queues     1 of 7 (msgmni)\nmessages   1, 5 bytes\n\
                        a message  8192 bytes at most (msgmax)\n\
                        a queue    16384 bytes when it is made (msgmnb)\n";
        ch12(&["limits"]).assert().success().stdout(expected).stderr("");
        room.remove(queue.id());
    });
}

#[test]
fn missing_queue_is_explained() {
    for args in
        [&["show"][..], &["give", "0"], &["allow", "600"], &["capacity", "1"], &["open", "1"]]
    {
        let args = [&args[..1], &["2147483647"], &args[1..]].concat();
        let failed = ch12(&args).assert().code(1).stdout("");
        failed.stderr(contains("no queue with this id").and(contains("(EINVAL)")));
    }
}

#[test]
fn linux_before_4_17_is_explained() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        let mut command = std::process::Command::new(cargo_bin!("ch12"));
        command.arg("list");
        const MSG_STAT_ANY: u32 = 13;
        deny_value(&mut command, libc::SYS_msgctl, 1, MSG_STAT_ANY, with(Errno::EINVAL));
        let listed = Running::start(command).finish();
        listed.code(1).stdout_is("").stderr_has("this needs Linux 4.17 or newer (ENOSYS)");
        room.remove(queue.id());
    });
}

#[test]
fn usage_is_printed_for_help_and_after_misuse() {
    support::usage_is_printed(
        cargo_bin!("ch12"),
        &[&[][..], &["show"], &["give", "0"], &["destroy", "0"], &["list", "0"], &["send", "a"]],
    );
}
