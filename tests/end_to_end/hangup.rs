//! The terminal window is closed while the server runs in it.

use std::fs::File;
use std::io;
use std::os::fd::{AsRawFd, FromRawFd};
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::ptr;

use support::{Running, asleep_in_msg_call, until};
use sysv_mq::{Key, MessageType, Queue, Sender};

use crate::programs::{queue, server};
use crate::stalled::suspend;

#[test]
fn closed_terminal_stops_an_idle_server_and_removes_its_queue() {
    support::alone(|room| {
        let (window, server) = in_a_terminal(room.key());
        drop(window);
        // Its last line cannot be shown any more.
        server.finish().code(1).stderr_has("the message queue is closed: cannot write");
        assert_eq!(room.queues(), []);
    });
}

#[test]
fn closed_terminal_stops_a_busy_server_and_what_was_not_taken_stays() {
    support::alone(|room| {
        let key = room.key();
        let (window, server) = in_a_terminal(key);
        suspend(&server);
        let mut sender = Sender::new(queue(key));
        for text in ["one", "two", "three"] {
            let sent = sender.send(MessageType::ONE, text.as_bytes());
            sent.expect("there is room");
        }
        drop(window);
        let server = server.finish();
        // The first was in its hands already: asleep, it was handed the message.
        server.code(1).stderr_has("Server received: one\n");
        server.stderr_has("stays, with 2 messages for the next server");
        server.stderr_has("(EIO)\n");
        let [left] = &room.queues()[..] else {
            panic!("one queue is left");
        };
        assert_eq!(left.qnum, 2);
        room.remove(left.msqid);
    });
}

/// A server, asleep, that leads a session in a terminal of its own: dropping the file closes the
/// window.
fn in_a_terminal(key: i32) -> (File, Running) {
    let (mut window, mut inside) = (-1, -1);
    // SAFETY: it writes one int each behind the first two pointers; the others may be null.
    let opened = unsafe {
        libc::openpty(&mut window, &mut inside, ptr::null_mut(), ptr::null(), ptr::null())
    };
    assert_eq!(opened, 0, "terminals can be made");
    // SAFETY: the call has just opened it, and nobody else knows of it.
    let window = unsafe { File::from_raw_fd(window) };
    // SAFETY: as above.
    let inside = unsafe { File::from_raw_fd(inside) };
    let outside = window.as_raw_fd();
    let mut command: Command = server(key);
    let enter = move || {
        nix::unistd::setsid()?;
        nix::unistd::dup2_stdout(&inside)?;
        // SAFETY: it takes an int and touches no memory.
        let entered = unsafe { libc::ioctl(1, libc::TIOCSCTTY, 0) };
        // SAFETY: the copy of the test's end, which exec would close anyway if it were ours alone.
        let closed = unsafe { libc::close(outside) };
        if entered == 0 && closed == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
    };
    // SAFETY: the closure makes only calls that are async-signal-safe, and allocates nothing.
    unsafe { command.pre_exec(enter) };
    let server = Running::start(command);
    let key = Key::new(key).expect("the keys of a room are not 0");
    until("the server's queue", || Queue::open(key).is_ok());
    until("the server to sleep", || asleep_in_msg_call(server.id()));
    (window, server)
}
