//! What is meant by an errno of one of the five, in words for the person who meets it.

use nix::errno::Errno;

use crate::{MessageQueue, Pipe, Posix, SystemV};

/// What went wrong with a queue of this mechanism, and what to do about it.
///
/// One clause without a full stop, to be put after "what was tried: ". What is not said here, the
/// errno's own words say.
#[must_use]
pub fn explain<Q: MessageQueue>(errno: Errno) -> &'static str {
    match (Q::NAME, errno) {
        (Posix::NAME, Errno::EMFILE) => {
            "all POSIX queues of this user together may not take more bytes, however few there are (ulimit -q); remove forgotten ones, or make smaller ones; or this program has as many open descriptors as it may have (ulimit -n)"
        }
        (Posix::NAME, Errno::EINVAL) => {
            "this system has no POSIX queues for 10 messages of 8,192 bytes; raise msg_max and msgsize_max in /proc/sys/fs/mqueue"
        }
        (Posix::NAME, Errno::ENOSPC) => {
            "this system has as many POSIX queues as it may have; remove forgotten ones, or raise /proc/sys/fs/mqueue/queues_max"
        }
        (Posix::NAME, Errno::EMSGSIZE) => {
            "the message is longer than this queue was made for (mq_msgsize)"
        }
        (Posix::NAME, Errno::ENOENT) => {
            "there is no POSIX queue with this name (its maker may have removed it), or this program was given none; ch13 try starts it with one"
        }
        (Posix::NAME, Errno::ENOSYS) => "this kernel has no POSIX message queues",
        (SystemV::NAME, Errno::ENOSPC | Errno::ENOSYS | Errno::EPERM) => {
            ch02_create::explain(errno)
        }
        (SystemV::NAME, Errno::EINVAL | Errno::EIDRM | Errno::EACCES) => ch04_send::explain(errno),
        (_, Errno::EMFILE) => {
            "this program has as many open descriptors as it may have (ulimit -n)"
        }
        (_, Errno::ENOENT) => {
            "this program was not given an end of a queue; ch13 try starts it with one"
        }
        (Pipe::NAME, Errno::EMSGSIZE) => {
            "the message is longer than 16 MiB, the most that a receiver here makes room for"
        }
        (_, Errno::EMSGSIZE) => {
            "the message is longer than one packet can be; send less, or raise SO_SNDBUF"
        }
        (_, Errno::EPIPE) => "nobody is left who could receive it",
        (_, Errno::ECONNREFUSED) => "the socket that it was sent to has been closed",
        (_, Errno::ECONNRESET) => "the other end was closed before everything had been received",
        (_, Errno::EBADMSG) => {
            "the sender died in the middle of a message, or what came is not a message with its length in front"
        }
        (_, Errno::EBADF | Errno::ENOTSOCK) => "this end is not one to do that with",
        (_, other) => other.desc(),
    }
}
