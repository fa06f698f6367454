//! Errors, each of which is neither a message nor the end.

use super::*;

#[test]
fn errors_are_returned() {
    let lonely = alone();
    let pipe = nix::unistd::pipe().expect("a pipe");
    let mut reset = Pair::new();
    // Who closes a socket with something unread in it resets the connection.
    send(reset.there.as_raw_fd(), b"unread", MsgFlags::empty()).expect("room for it");
    reset.close();
    let quiet = Pair::new();
    let cases = [
        (quiet.there.as_fd(), Errno::EAGAIN, "the socket does not wait, and no message was there"),
        (
            reset.there.as_fd(),
            Errno::ECONNRESET,
            "the other side has not read all that was sent to it",
        ),
        (pipe.0.as_fd(), Errno::ENOTSOCK, "a pipe is not a socket"),
        (lonely.as_fd(), Errno::ENOTCONN, "the socket is connected to nobody"),
    ];
    for (socket, errno, why) in cases {
        let received = yours(why, || receive_message(socket));
        assert!(
            received.is_err(),
            "{why} ({errno:?}), and you return {}: an error is not the end",
            shown(&received)
        );
        assert!(
            received == Err(errno),
            "{why}: `recv` failed with {errno:?}, and you return {}",
            shown(&received)
        );
    }
    let full = Pair::new();
    let here = full.here.as_ref().expect("not closed");
    while send(here.as_raw_fd(), &[0; 4096], MsgFlags::empty()).is_ok() {}
    let mut gone = Pair::new();
    gone.close();
    let cases = [
        (here.as_fd(), Errno::EAGAIN, "the socket is full and does not wait"),
        (gone.there.as_fd(), Errno::EPIPE, "the other side has closed its socket"),
        (pipe.1.as_fd(), Errno::ENOTSOCK, "a pipe is not a socket"),
        (lonely.as_fd(), Errno::ENOTCONN, "the socket is connected to nobody"),
    ];
    for (socket, errno, why) in cases {
        let sent = yours(why, || send_message(socket, b"hello"));
        assert!(
            sent == Err(errno),
            "{why}: `send` failed with {errno:?}, and you return {sent:?}: whoever sends must learn it"
        );
    }
}

#[test]
fn it_waits_for_a_message() {
    let pair = socketpair(AddressFamily::Unix, SockType::SeqPacket, None, SockFlag::empty());
    let (_here, there) = pair.expect("two sockets");
    let limit = Duration::from_millis(20);
    let time = TimeVal::new(0, 20_000);
    setsockopt(&there, ReceiveTimeout, &time).expect("a limit for recv");
    let begin = Instant::now();
    let received = yours("a socket without a message", || receive_message(there.as_fd()));
    let passed = begin.elapsed();
    assert!(
        passed >= limit,
        "no message was there, and you return {} after {passed:?}: wait for one",
        shown(&received)
    );
    assert!(
        received == Err(Errno::EAGAIN),
        "the socket's own limit was over (EAGAIN), and you return {}: that is not the end",
        shown(&received)
    );
}
