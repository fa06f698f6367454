//! A sandbox whose seccomp filter forbids the calls.

use nix::errno::Errno;
use support::filter::{deny, with};
use support::{Running, alone};

use crate::programs::{client, server, unattended_queue};

const ANSWERS: [Errno; 2] = [Errno::EPERM, Errno::ENOSYS];

#[test]
fn client_without_msgget_or_msgsnd_explains_the_filter() {
    alone(|room| {
        let key = room.key();
        let _queue = unattended_queue(key);
        for (call, tried) in [
            (libc::SYS_msgget, "cannot open the message queue"),
            (libc::SYS_msgsnd, "message 1 was not delivered"),
        ] {
            for errno in ANSWERS {
                let mut command = client(key);
                command.arg("hello");
                deny(&mut command, call, with(errno));
                let client = Running::start(command).finish();
                client.code(1).stdout_is("").stderr_has(tried);
                client.stderr_has("a security filter (seccomp)");
                client.stderr_has(format!(" ({errno:?})\n"));
            }
        }
        assert_eq!(room.queues()[0].qnum, 0);
    });
}

#[test]
fn server_without_msgget_explains_the_filter() {
    alone(|room| {
        for errno in ANSWERS {
            let mut command = server(room.key());
            deny(&mut command, libc::SYS_msgget, with(errno));
            let server = Running::start(command).finish();
            server.code(1).stderr_has("a security filter (seccomp)");
            server.stderr_has(format!(" ({errno:?})\n"));
        }
    });
}
