//! A pipe is a stream of bytes.

use std::thread;
use std::time::Duration;

use ch13_other_queues::{MessageQueue, Pipe};
use nix::errno::Errno;
use nix::fcntl::{FcntlArg, OFlag, fcntl};
use nix::libc::PIPE_BUF;
use nix::poll::PollFlags;
use nix::unistd::{pipe2, read, write};

use crate::alone;
use crate::native::ready;

// ANCHOR: torn
/// Whether bytes of another writer come between those of a write of this many bytes.
///
/// It finds room for 4,096. A writer that waits in the middle of its write is in the same place as
/// this one, which does not wait; and somebody else writes just when a reader has made room.
pub(crate) fn torn(length: usize) -> bool {
    let (reader, writer) = pipe2(OFlag::O_CLOEXEC | OFlag::O_NONBLOCK).expect("there may be one");
    let capacity = fcntl(&writer, FcntlArg::F_GETPIPE_SZ).expect("it is a pipe");
    let capacity = usize::try_from(capacity).expect("it is positive");
    let full = vec![b'.'; capacity - 4096];
    assert_eq!(write(&writer, &full), Ok(full.len()));

    let message = vec![b'a'; length];
    let written = write(&writer, &message).expect("there is room for some of it");
    let mut read_bytes = vec![0; capacity + length + 1];
    let mut seen = read(&reader, &mut read_bytes).expect("it is full");
    assert_eq!(write(&writer, b"b"), Ok(1));
    assert_eq!(write(&writer, &message[written..]), Ok(length - written));
    seen += read(&reader, &mut read_bytes[seen..]).expect("there is more");

    let text = read_bytes[full.len()..seen].iter().copied().map(char::from).collect::<String>();
    text.trim_end_matches('b').contains('b')
}
// ANCHOR_END: torn

#[test]
fn write_of_pipe_buf_is_whole_and_one_byte_more_can_be_torn() {
    alone(|_| assert_eq!([PIPE_BUF, PIPE_BUF + 1].map(torn), [false, true]));
}

#[test]
fn half_a_message_is_eagain_until_the_rest_has_come() {
    alone(|_| {
        let (sender, mut receiver) = Pipe::pair().expect("there may be one");
        for part in [&5_u32.to_ne_bytes()[..2], &5_u32.to_ne_bytes()[2..], b"he"] {
            write(&sender, part).expect("there is room");
            assert_eq!(receiver.try_recv(), Err(Errno::EAGAIN));
        }
        write(&sender, b"llo").expect("there is room");
        assert_eq!(receiver.try_recv(), Ok(Some(&b"hello"[..])));
        assert_eq!(receiver.try_recv(), Err(Errno::EAGAIN));
    });
}

#[test]
fn message_is_whole_though_its_end_does_not_wait_in_the_middle_of_it() {
    alone(|_| {
        let (mut sender, mut receiver) = Pipe::pair().expect("there may be one");
        fcntl(&sender, FcntlArg::F_SETFL(OFlag::O_NONBLOCK)).expect("it is ours");
        let message = vec![b'x'; 1 << 20];
        let sent = message.clone();
        let sending = thread::spawn(move || sender.send(&sent));
        assert_eq!(receiver.recv(), Ok(Some(&message[..])));
        assert_eq!(sending.join().expect("no panic"), Ok(()));
    });
}

#[test]
fn sender_that_died_in_the_middle_of_a_message_leaves_ebadmsg() {
    alone(|_| {
        for half in [&5_u32.to_ne_bytes()[..2], &[5_u32.to_ne_bytes(), *b"hell"].concat()] {
            let (sender, mut receiver) = Pipe::pair().expect("there may be one");
            write(&sender, half).expect("there is room");
            drop(sender);
            assert_eq!(receiver.recv(), Err(Errno::EBADMSG));
        }
    });
}

#[test]
fn impossible_length_is_refused_with_ebadmsg() {
    alone(|_| {
        let (sender, mut receiver) = Pipe::pair().expect("there may be one");
        write(&sender, b"hello").expect("there is room");
        assert_eq!(receiver.recv(), Err(Errno::EBADMSG));
    });
}

#[test]
fn poll_is_right_about_the_message_after_this_one() {
    alone(|_| {
        let (mut sender, mut receiver) = Pipe::pair().expect("there may be one");
        let waits = |end: &Pipe| ready(end, PollFlags::POLLIN, Duration::ZERO).is_ok();
        sender.send(b"one").expect("there is room");
        sender.send(b"two").expect("there is room");
        assert_eq!(receiver.recv(), Ok(Some(&b"one"[..])));
        assert!(waits(&receiver), "the second is still in the pipe");
        assert_eq!(receiver.recv(), Ok(Some(&b"two"[..])));
        assert!(!waits(&receiver));
    });
}

#[test]
fn wrong_end_is_refused_with_ebadf() {
    alone(|_| {
        let (mut sender, mut receiver) = Pipe::pair().expect("there may be one");
        assert_eq!(sender.recv(), Err(Errno::EBADF));
        assert_eq!(receiver.send(b"hello"), Err(Errno::EBADF));
    });
}
