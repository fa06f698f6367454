//! A queue that somebody else has made under our key, to read what is meant for us.

use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use nix::sys::signal::Signal;
use support::{Running, alone};
use sysv_mq::{Key, MessageType, Mode, OwnedQueue, Queue, Sender, Status};

use crate::permission::as_nobody;
use crate::programs::{READY, queue, server};

#[test]
fn root_takes_over_another_users_queue_only_if_told_to() {
    alone(|room| {
        let key = room.key();
        let Some((_copy, mut squatter)) = as_nobody(cargo_bin!("server"), key) else {
            return;
        };
        squatter.args(["--mode", "666"]);
        let mut squatter = Running::start(squatter);
        squatter.wait_for_line(READY).signal(Signal::SIGKILL);
        squatter.finish();
        let sent = Sender::new(queue(key)).send(MessageType::ONE, b"waits");
        sent.expect("there is room");

        for existing in ["attach", "replace"] {
            let mut careful = server(key);
            careful.args(["--existing", existing]);
            let careful = Running::start(careful).finish();
            careful.code(1).stdout_is("").stderr_has(
                "it belongs to another user: user 65534 has made it and user 65534 owns it",
            );
            careful.stderr_has("or trust them with --foreign\n");
            assert_eq!(room.queues()[0].qnum, 1, "its message is still there");
        }

        let mut trusting = server(key);
        trusting.arg("--foreign");
        let mut trusting = Running::start(trusting);
        trusting.wait_for_line("Server received: waits");
        trusting.signal(Signal::SIGTERM);
        trusting.finish().success();
    });
}

/// Whoever has made a queue keeps every right to it, though it is ours by now.
#[test]
fn server_does_not_take_over_a_queue_that_was_given_to_its_user() {
    alone(|room| {
        let key = room.key();
        let Some((_copy, server)) = as_nobody(cargo_bin!("server"), key) else {
            return;
        };
        let id = Key::new(key).expect("no room has key 0");
        let gift = Queue::create_new(id, Mode::S_IRUSR | Mode::S_IWUSR).expect("a new key");
        let gift = OwnedQueue::new(gift);
        give_to(gift.queue(), 65_534);

        let server = Running::start(server).finish();
        server.code(1).stdout_is("").stderr_has("user 0 has made it and user 65534 owns it");
    });
}

/// User 0 of many a container is not allowed what root is: the kernel is asked, not the number.
#[test]
fn root_without_cap_sys_admin_is_refused_at_the_start() {
    alone(|room| {
        let key = room.key();
        let Some((_copy, squatter)) = as_nobody(cargo_bin!("server"), key) else {
            return;
        };
        let mut squatter = Running::start(squatter);
        squatter.wait_for_line(READY).signal(Signal::SIGKILL);
        squatter.finish();

        let mut weak = Command::new("setpriv");
        weak.args(["--bounding-set=-sys_admin", "--inh-caps=-sys_admin"]);
        weak.arg(cargo_bin!("server")).args(["--foreign", "--key", &key.to_string()]);
        let weak = Running::start(weak).finish();
        weak.code(1).stdout_is("").stderr_has("root (with CAP_SYS_ADMIN) could close it");
        weak.stderr_has("(EPERM)\n");
        room.remove(queue(key).id());
    });
}

#[test]
fn queue_left_behind_gets_the_mode_that_is_asked_for() {
    alone(|room| {
        let key = room.key();
        let id = Key::new(key).expect("no room has key 0");
        let wide = Queue::create_new(id, Mode::from_bits_truncate(0o666)).expect("a new key");
        let mut server = Running::start(server(key));
        server.wait_for_text("found, with 0 messages waiting");
        assert_eq!(room.queues()[0].perms, 0o600);
        assert_ne!(Status::of(wide).expect("our queue").capacity, 0);
        server.signal(Signal::SIGTERM);
        server.finish().success().stderr_is(
            "server: the mode of the message queue was 666; it is 600 now, as --mode says\n",
        );
    });
}

fn give_to(queue: Queue, user: u32) {
    let mut status = std::mem::MaybeUninit::<libc::msqid_ds>::uninit();
    // SAFETY: IPC_STAT writes one msqid_ds behind the pointer, and there is room for one.
    let read = unsafe { libc::msgctl(queue.id(), libc::IPC_STAT, status.as_mut_ptr()) };
    assert_eq!(read, 0, "our own queue can be read");
    // SAFETY: the call has succeeded, so it has written the structure.
    let mut status = unsafe { status.assume_init() };
    status.msg_perm.uid = user;
    // SAFETY: IPC_SET reads one msqid_ds behind the pointer, and there is one.
    let given = unsafe { libc::msgctl(queue.id(), libc::IPC_SET, &mut status) };
    assert_eq!(given, 0, "our own queue can be given away");
}
