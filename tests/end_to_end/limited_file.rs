//! Files that may not grow beyond a limit (`ulimit -f`), which they reach while messages pour in.

use std::fs::{self, File};
use std::io::{self, Read, Seek};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::thread;

use support::{Running, until};
use sysv_mq::{Key, Queue, Receiver, Select};

use crate::killed::{BOUND, drain, line, lost};
use crate::programs::{client, server, unattended_queue};
use crate::senders::{Manner, flood};
use crate::stalled::writing_to;

#[test]
fn file_that_may_not_grow_ends_the_server_and_loses_no_message() {
    support::alone(|room| {
        let key = room.key();
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("output");
        let file = File::create(&path).expect("a file can be made");
        let server = limited(writing_to(server(key), file), 50_000);
        let server = Running::start(server);
        let key = Key::new(key).expect("the keys of a room are not 0");
        until("the server's queue", || Queue::open(key).is_ok());
        let queue = Queue::open(key).expect("the server has made it");
        let sender = thread::spawn(move || flood(queue, "ann", Manner::Waiting).accepted);
        let server = server.finish();
        server
            .code(1)
            .stderr_has("the file may not grow any more; raise its limit (ulimit -f)")
            .stderr_has("for the next server");
        let left = drain(queue);
        let accepted = sender.join().expect("a sender does not panic");
        let shown = fs::read_to_string(&path).expect("the file is ours") + "\n";
        assert!(shown.len() > 49_000, "it has been filled");
        let lines: Vec<String> =
            (shown + &server.stderr_text()).lines().map(str::to_owned).collect();
        assert_eq!(lost(&lines, &left, [("ann", accepted)]), [""; 0]);
    });
}

#[test]
fn server_whose_streams_share_a_full_file_loses_no_more_than_the_bound() {
    support::alone(|room| {
        let key = room.key();
        let file = tempfile::tempfile().expect("a file can be made");
        let mut server = limited(server(key), 50_000);
        let both = file.try_clone().and_then(|one| Ok((one, file.try_clone()?)));
        let (stdout, stderr) = both.expect("descriptors can be had");
        let mut server = server.stdout(stdout).stderr(stderr).spawn().expect("it starts");
        let key = Key::new(key).expect("the keys of a room are not 0");
        until("the server's queue", || Queue::open(key).is_ok());
        let queue = Queue::open(key).expect("the server has made it");
        let sender = thread::spawn(move || flood(queue, "ann", Manner::Waiting).accepted);
        assert_eq!(server.wait().expect("a child").code(), Some(1));
        let left = drain(queue);
        let accepted = sender.join().expect("a sender does not panic");
        let mut shown = String::new();
        (&file).rewind().expect("a file");
        (&file).read_to_string(&mut shown).expect("it is UTF-8");
        // The last line is a part of one, most likely.
        let lines: Vec<String> = shown.lines().map(str::to_owned).collect();
        let whole = &lines[..lines.len() - 1];
        let lost = lost(whole, &left, [("ann", accepted)]);
        let bytes: usize = lost.iter().map(|text| line(text).len()).sum();
        assert!(bytes <= BOUND + 300, "{} messages, {bytes} bytes", lost.len());
    });
}

#[test]
fn client_whose_notices_do_not_fit_their_file_sends_the_rest() {
    support::alone(|room| {
        let key = room.key();
        let queue = unattended_queue(key);
        let mut client = limited(client(key), 0);
        client.args([&"x".repeat(256), "last"]);
        client.stderr(tempfile::tempfile().expect("a file can be made"));
        let status = client.stdout(Stdio::null()).status();
        assert_eq!(status.expect("the client starts").code(), Some(1));
        let mut receiver = Receiver::new(queue.queue());
        let received = receiver.try_recv(Select::Any).expect("the queue is ours");
        assert_eq!(received.expect("it was sent").text(), b"last");
    });
}

/// The program, which may make no file larger than so many bytes.
fn limited(mut command: Command, bytes: libc::rlim_t) -> Command {
    let limit = libc::rlimit { rlim_cur: bytes, rlim_max: bytes };
    let set = move || {
        // SAFETY: the kernel reads one structure, which is there.
        match unsafe { libc::setrlimit(libc::RLIMIT_FSIZE, &raw const limit) } {
            0 => Ok(()),
            _ => Err(io::Error::last_os_error()),
        }
    };
    // SAFETY: the closure makes one async-signal-safe call between fork and exec.
    unsafe { command.pre_exec(set) };
    command
}
