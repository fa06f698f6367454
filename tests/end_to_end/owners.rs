//! Whose queue it is: somebody else can have made one with the key, and reads what is sent to it.

use std::mem::MaybeUninit;

use nix::errno::Errno;
use nix::sys::stat::{Mode, mode_t};
use support::{Finished, Running, alone, as_stranger, as_user, copy_for_others};
use sysv_mq::{Key, OwnedQueue, Queue, Status};

use crate::programs::{client, unattended_queue};

/// Two users without a name, most likely.
const SQUATTER: u32 = 64_321;
const OTHER: u32 = 64_322;

#[test]
fn client_names_the_stranger_who_owns_the_queue() {
    alone(|room| {
        let key = room.key();
        let Some(_queue) = queue_of(SQUATTER, key, 0o666) else {
            return;
        };
        let client = given(key, &["secret"]);
        client.success().stderr_is(format!(
            "client: the message queue with key 0x{key:08x} belongs to user ID {SQUATTER}, who can read \
             what is sent; with --owner USER, nothing is sent to anybody else's\n"
        ));
        assert_eq!(room.queues()[0].qnum, 1);
    });
}

#[test]
fn client_that_demands_an_owner_sends_nothing_to_another() {
    alone(|room| {
        let key = room.key();
        let Some(_queue) = queue_of(SQUATTER, key, 0o666) else {
            return;
        };
        for demanded in ["root", "0", "64322"] {
            let client = given(key, &["secret", "--owner", demanded]);
            client.code(1).stdout_is("").stderr_has(format!(
                "client: nothing was sent: the message queue with key 0x{key:08x} belongs to user ID \
                 {SQUATTER}, and --owner demands "
            ));
            assert_eq!(room.queues()[0].qnum, 0);
        }
        let squatter = SQUATTER.to_string();
        let client = given(key, &["for you", "--owner", &squatter]);
        client.success().stderr_is("");
        assert_eq!(room.queues()[0].qnum, 1);
    });
}

/// Who made a queue can give it away and keeps all rights, reading included.
#[test]
fn owner_is_not_enough_if_somebody_else_is_the_creator() {
    alone(|room| {
        for (creator, owner) in [(SQUATTER, OTHER), (SQUATTER, 0), (0, SQUATTER)] {
            let key = room.key();
            let Some(queue) = queue_of(creator, key, 0o666) else {
                return;
            };
            give(queue.queue(), owner).expect("root may give anything away");
            for demanded in [creator, owner] {
                let demanded = demanded.to_string();
                let client = given(key, &["secret", "--owner", &demanded]);
                client.code(1).stderr_has("client: nothing was sent");
            }
            let status = Status::of(queue.queue()).expect("root may look");
            assert_eq!(status.messages, 0);

            let client = given(key, &["no secret"]);
            client.success().stderr_has(" was made by ");
        }
    });
}

/// The right to write is not the right to look at the queue.
#[test]
fn client_that_may_only_write_names_the_owner_too() {
    alone(|room| {
        let key = room.key();
        let Some(_queue) = queue_of(SQUATTER, key, 0o622) else {
            return;
        };
        let (_copied, program) = copy_for_others(client(0).get_program());
        for (demanded, code) in [("0", 1), ("64321", 0)] {
            let mut command = std::process::Command::new(&program);
            command.arg("--key").arg(key.to_string());
            command.args(["hello", "--owner", demanded]);
            assert!(as_user(OTHER, &mut command), "it was permitted before");
            Running::start(command).finish().code(code);
        }
        assert_eq!(room.queues()[0].qnum, 1);
        let mut command = std::process::Command::new(&program);
        command.arg("--key").arg(key.to_string()).arg("hello");
        assert!(as_user(OTHER, &mut command), "it was permitted before");
        let client = Running::start(command).finish();
        client.success().stderr_has(format!("belongs to user ID {SQUATTER}"));
    });
}

#[test]
fn own_queue_is_not_mentioned() {
    alone(|room| {
        let key = room.key();
        let _queue = unattended_queue(key);
        let me = nix::unistd::geteuid().to_string();
        given(key, &["hello"]).success().stderr_is("");
        let insisting = given(key, &["hello", "--owner", &me]);
        insisting.success().stderr_is("");
        assert_eq!(room.queues()[0].qnum, 2);
    });
}

#[test]
fn unknown_user_is_a_wrong_option() {
    alone(|_room| {
        for user in ["", "no such user", "-1", "4294967296"] {
            given(1, &["hello", "--owner", user])
                .code(2)
                .stderr_has("there is no user of this name here");
        }
    });
}

/// A queue that this user has made; `None` where nobody can become somebody else.
fn queue_of(user: u32, key: i32, mode: mode_t) -> Option<OwnedQueue> {
    let key = Key::new(key).expect("no room has key 0");
    let mode = Mode::from_bits_truncate(mode);
    let queue = as_stranger(user, || Queue::create_new(key, mode))?;
    Some(OwnedQueue::new(queue.expect("the key is new")))
}

fn given(key: i32, arguments: &[&str]) -> Finished {
    let mut command = client(key);
    command.args(arguments);
    Running::start(command).finish()
}

/// Makes the user the queue's owner (IPC_SET).
fn give(queue: Queue, owner: u32) -> nix::Result<()> {
    // SAFETY: a `msqid_ds` consists of integers, for which zeroes are valid.
    let mut status: libc::msqid_ds = unsafe { MaybeUninit::zeroed().assume_init() };
    // SAFETY: IPC_STAT writes one `msqid_ds` behind the pointer, and there is one.
    let done = unsafe { libc::msgctl(queue.id(), libc::IPC_STAT, &mut status) };
    Errno::result(done)?;
    status.msg_perm.uid = owner;
    // SAFETY: IPC_SET reads one `msqid_ds` behind the pointer, and there is one.
    let done = unsafe { libc::msgctl(queue.id(), libc::IPC_SET, &mut status) };
    Errno::result(done).map(drop)
}
