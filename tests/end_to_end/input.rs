//! What the client makes of its input: each line is a message, or the client says why it is not.
//!
//! No server takes part: the tests look at the very bytes in the queue.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;

use support::{Running, alone};
use sysv_mq::{OwnedQueue, Receiver, Select};

use crate::programs::{CONNECTED, client, client_given, unattended_queue};

#[test]
fn line_goes_out_as_its_bytes_and_one_nul() {
    alone(|room| {
        let key = room.key();
        let queue = unattended_queue(key);

        let client = client_given(key, "a longer line first\nhi\n\nno newline at the end");

        client.success().stderr_is("");
        client.stdout_is(format!("{CONNECTED}\nClient exiting...\n"));
        assert_eq!(
            messages(&queue),
            ["a longer line first\0", "hi\0", "\0", "no newline at the end\0"]
        );
    });
}

#[test]
fn argument_goes_out_as_its_bytes_and_one_nul() {
    alone(|room| {
        let key = room.key();
        let queue = unattended_queue(key);

        let mut command = client(key);
        command.args(["two words", "", "--type", "7"]);
        let client = Running::start(command).finish();

        client.success().stdout_is("").stderr_is("");
        let mut receiver = Receiver::new(queue.queue());
        let first = receiver.recv(Select::Any).expect("the queue is ours to read");
        assert_eq!(first.message_type().raw(), 7);
        assert_eq!(first.bytes(), b"two words\0");
        assert_eq!(messages(&queue), ["\0"]);
    });
}

#[test]
fn bytes_are_not_interpreted() {
    alone(|room| {
        let key = room.key();
        let queue = unattended_queue(key);

        client_given(key, b"from DOS\r\n caf\xe9 \xff\n\x1b[31m\n").success();

        assert_eq!(messages(&queue), ["from DOS\\r\0", " caf\\xe9 \\xff\0", "\\x1b[31m\0"]);
    });
}

#[test]
fn carriage_return_and_byte_order_mark_are_sent_and_mentioned_once() {
    alone(|room| {
        let key = room.key();
        let queue = unattended_queue(key);

        let client = client_given(key, "one\n\u{feff}exit\ntwo\r\nexit\r\n\u{feff}three\n");

        client.success().stderr_is(
            "client: line 2 begins with a byte order mark (\\u{feff}), which was sent with it; save \
             the file as UTF-8 without one\n\
             client: line 3 ends with a carriage return (\\r), which was sent with it; a file whose \
             lines all do comes from Windows, and tr -d '\\r' removes them\n",
        );
        let bom = r"\xef\xbb\xbf";
        assert_eq!(
            messages(&queue),
            [
                "one\0".to_owned(),
                format!("{bom}exit\0"),
                "two\\r\0".to_owned(),
                "exit\\r\0".to_owned(),
                format!("{bom}three\0"),
            ]
        );
    });
}

#[test]
fn line_of_255_bytes_fits_and_one_of_256_is_refused() {
    alone(|room| {
        let key = room.key();
        let queue = unattended_queue(key);
        let fits = "f".repeat(255);
        let too_long = "t".repeat(256);

        let client = client_given(key, format!("{fits}\n{too_long}\nthe rest\n{too_long}"));

        client.code(1).stdout_is(format!("{CONNECTED}\nClient exiting...\n"));
        client.stderr_is(
            "client: line 2 was not sent: it has 256 bytes, and a message holds 255\n\
             client: line 4 was not sent: it has 256 bytes, and a message holds 255\n",
        );
        assert_eq!(messages(&queue), [format!("{fits}\0"), "the rest\0".into()]);
    });
}

#[test]
fn argument_of_256_bytes_is_refused() {
    alone(|room| {
        let key = room.key();
        let queue = unattended_queue(key);

        let mut command = client(key);
        command.args([OsStr::from_bytes(&[0xe9; 256]), OsStr::new("the rest")]);
        let client = Running::start(command).finish();

        client.code(1).stderr_is(
            "client: message 1 was not sent: it has 256 bytes, and a message holds 255\n",
        );
        assert_eq!(messages(&queue), ["the rest\0"]);
    });
}

#[test]
fn line_with_a_nul_is_refused() {
    alone(|room| {
        let key = room.key();
        let queue = unattended_queue(key);

        let client = client_given(key, "before\0after\nthe rest\n");

        client.code(1).stderr_has("client: line 1 was not sent: it contains a NUL byte");
        assert_eq!(messages(&queue), ["the rest\0"]);
    });
}

#[test]
fn line_of_ten_million_bytes_is_refused_and_not_kept_in_memory() {
    alone(|room| {
        let key = room.key();
        let queue = unattended_queue(key);
        let mut client = Running::start(client(key));
        client.wait_for_line(CONNECTED);
        let before = most_memory(client.id());

        client.write(vec![b'x'; 10_000_000]).write("\nthe rest\n");
        client.wait_for_stderr("line 1 was not sent: it has 10000000 bytes");

        let grown = most_memory(client.id()) - before;
        assert!(grown < 2000, "the client took {grown} kB for the line");
        client.finish().code(1);
        assert_eq!(messages(&queue), ["the rest\0"]);
    });
}

/// How much memory a process has had at most, in kB.
fn most_memory(id: i32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).expect("the process lives");
    let value = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.strip_suffix("kB"));
    let value = value.expect("proc(5) promises this line");
    value.trim().parse().expect("it holds a number")
}

/// Takes all messages out of the queue: their bytes, those that are not ASCII escaped, NUL as it
/// is.
fn messages(queue: &OwnedQueue) -> Vec<String> {
    let mut receiver = Receiver::new(queue.queue());
    let mut messages = Vec::new();
    while let Some(message) = receiver.try_recv(Select::Any).expect("the queue is ours") {
        let text = message.bytes().escape_ascii().to_string();
        messages.push(text.replace("\\x00", "\0"));
    }
    messages
}
