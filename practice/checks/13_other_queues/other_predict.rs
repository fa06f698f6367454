use super::*;
use nix::sys::socket::{AddressFamily, MsgFlags, SockFlag, SockType, recv, send, socketpair};
use nix::unistd::{pipe, read, write};
use practice::{alone, check, in_a_child};
use std::os::fd::AsRawFd;

#[path = "other_predict/posix.rs"]
mod posix;
use posix::{LONGEST, Posix};

#[test]
fn question_1_pipe_after_exit() {
    alone(|_| {
        let (reader, writer) = pipe().expect("a pipe");
        in_a_child(|| _ = write(&writer, b"hello"));
        drop(writer);
        let mut bytes = [0; 100];
        let there = read(&reader, &mut bytes) == Ok(5);
        let why = "The bytes are the pipe's, and not the writer's: whoever has the other end open reads them, and \
                   then the end. They are gone when nobody has the pipe open any more; a queue of System V \
                   stays even then.";
        check("question 1", PIPE_AFTER_EXIT, there, why);
    });
}

#[test]
fn question_2_short_read() {
    alone(|_| {
        let flags = SockFlag::SOCK_NONBLOCK;
        let pair = socketpair(AddressFamily::Unix, SockType::SeqPacket, None, flags);
        let (here, there) = pair.expect("two sockets");
        for packet in [b"0123456789", b"abcdefghij"] {
            send(here.as_raw_fd(), packet, MsgFlags::empty()).expect("room for it");
        }
        let mut pieces = [[0; 4]; 2];
        for piece in &mut pieces {
            recv(there.as_raw_fd(), piece, MsgFlags::empty()).expect("a packet");
        }
        let why = "Each `recv` takes one packet, and what does not fit is thrown away: the second call gets the \
                   beginning of the second message. MSG_TRUNC says that something was cut, to those who ask.";
        check("question 2", SHORT_READ, pieces == [*b"0123", *b"4567"], why);
    });
}

#[test]
fn question_3_two_writes() {
    alone(|_| {
        let (reader, writer) = pipe().expect("a pipe");
        for text in [b"one", b"two"] {
            write(&writer, text).expect("room for it");
        }
        let truth = read(&reader, &mut [0; 100]).expect("some bytes");
        let why = "A pipe is a stream of bytes, and knows nothing of messages: `read` returns all that is there. So \
                   a message in a pipe needs its length in front.";
        check("question 3", TWO_WRITES, truth, why);
    });
}

#[test]
fn question_4_first() {
    alone(|_| {
        // Where none can be had, mq_overview(7) has the last word.
        let truth = Posix::new(4).map_or(9, |queue| {
            queue.send(b"first", 1);
            queue.send(b"urgent", 9);
            let (_, priority) = queue.receive(LONGEST).expect("a message");
            priority
        });
        let why = "The highest priority comes first, whatever was sent first. It is the reverse of a type below 0 \
                   with msgrcv, where the lowest type comes first; and nobody can ask for priority 1 alone.";
        check("question 4", FIRST, truth as usize, why);
    });
}

#[test]
fn question_5_readers() {
    alone(|_| {
        let truth = Posix::new(5).map_or(1, |queue| {
            queue.send(b"hello", 0);
            (0..2).filter(|_| queue.receive(LONGEST).is_ok()).count()
        });
        let why = "A message is taken out by whoever receives it, in all of the five: two readers share the work, \
                   and none of them can have a copy.";
        check("question 5", READERS, truth, why);
    });
}

#[test]
fn question_6_small_buffer() {
    alone(|_| {
        let truth = Posix::new(6).map_or(Errno::EMSGSIZE, |queue| {
            queue.send(b"hi", 0);
            queue.receive(8).expect_err("the room is too small")
        });
        let why = "mq_receive wants room for the longest message that the queue takes, whatever the next one is: \
                   EMSGSIZE. msgrcv looks at the message itself, and says E2BIG.";
        check("question 6", SMALL_BUFFER, truth, why);
    });
}
