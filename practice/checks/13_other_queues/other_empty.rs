use super::*;
use nix::sys::socket::{setsockopt, sockopt::ReceiveTimeout};
use nix::sys::time::TimeVal;
use practice::{edges, yours};
use std::time::{Duration, Instant};

#[path = "other_empty/errors.rs"]
mod errors;
#[path = "other_empty/pair.rs"]
mod pair;
use pair::{Pair, alone, shown};

#[test]
fn message_arrives_whatever_is_in_it() {
    let lengths = [1, 2, 4094, 4095, 4096];
    let long = lengths.map(|length| (format!("{length} bytes"), vec![0; length]));
    // Whatever a packet begins with, a message may begin with it, too.
    let first = (0..=u8::MAX).map(|byte| (format!("{byte} as its first byte"), vec![byte, b'x']));
    for (what, bytes) in edges::bytes().into_iter().chain(long).chain(first) {
        let pair = Pair::new();
        for bytes in [&bytes, &b"the next".to_vec()] {
            let sent = pair.send(bytes, "a message to send");
            assert!(
                sent.is_ok(),
                "a message with {what} can be sent, for it has no more than {MOST} bytes, and you return \
                 {sent:?}"
            );
        }
        let received = pair.receive("a message to receive");
        assert!(
            !bytes.is_empty() || !matches!(received, Ok(None)),
            "a message without bytes was sent, and you return None: the conversation is over, and what \
             comes next is never read"
        );
        assert!(
            !bytes.is_empty() || received != Ok(Some(b"the next".to_vec())),
            "a message without bytes was sent, and you return the one after it: the empty one is lost"
        );
        assert!(
            received == Ok(Some(bytes)),
            "a message with {what} was sent, and you return {}",
            shown(&received)
        );
        let next = pair.receive("the next message");
        assert!(
            next == Ok(Some(b"the next".to_vec())),
            "after a message with {what} `the next` was sent, and you return {}: each must be taken out, \
             once",
            shown(&next)
        );
    }
}

/// Whether a message arrives at all; another test says it if not.
fn arrives() -> bool {
    let failed = practice::failure(|| {
        let pair = Pair::new();
        pair.send(b"hello", "a message").expect("for another test");
        let received = pair.receive("a message");
        assert!(received == Ok(Some(b"hello".to_vec())), "that is for another test");
        let again = pair.receive("no message");
        assert!(again == Err(Errno::EAGAIN) || again == Ok(None), "that is for another test");
    });
    failed.is_none()
}

#[test]
fn end_comes_when_all_is_read() {
    if !arrives() {
        return;
    }
    for before in [&[][..], &[&b"hello"[..]], &[b"one", b"two", b"three"]] {
        let mut pair = Pair::new();
        for bytes in before {
            pair.send(bytes, "a message").expect("room for it");
        }
        pair.close();
        for bytes in before {
            let received = pair.receive("a message whose sender is gone");
            assert!(
                received == Ok(Some(bytes.to_vec())),
                "a message was sent, and then the socket was closed; you return {}: what was sent before \
                 the end is still there",
                shown(&received)
            );
        }
        for _ in 0..2 {
            let received = pair.receive("the end");
            assert!(
                received == Ok(None),
                "the other side has closed its socket, and all is read, which is None; you return {}: whoever \
                 calls you would never end",
                shown(&received)
            );
        }
    }
}

#[test]
fn message_is_one_packet() {
    for length in [0, 1, 100, MOST] {
        let pair = Pair::new();
        // Another test has words for one that is not sent.
        if pair.send(&vec![b'x'; length], "a message to send").is_err() {
            continue;
        }
        let packets = pair.packets();
        assert!(
            packets == 1,
            "a message of {length} bytes is one packet, and you send {packets}: between two of them somebody \
             else's may come"
        );
    }
}

#[test]
fn too_long_message_is_not_sent() {
    for length in [MOST + 1, MOST + 2, 10_000] {
        let pair = Pair::new();
        let sent = pair.send(&vec![b'x'; length], "a message that is too long");
        let packets = pair.packets();
        assert!(
            sent.is_err(),
            "a message of {length} bytes is longer than {MOST}, and you return Ok: the other side cannot \
             read it"
        );
        assert!(
            sent == Err(Errno::EMSGSIZE) && packets == 0,
            "a message of {length} bytes is longer than {MOST}, which is EMSGSIZE, and nothing is sent; you \
             return {sent:?}, and send {packets} packets"
        );
    }
}

#[test]
fn too_long_packet_is_not_cut() {
    if !arrives() {
        return;
    }
    for length in [MOST + 100, 2 * MOST, 60_000] {
        let pair = Pair::new();
        pair.send_raw(&vec![b'x'; length]);
        pair.send(b"the next", "a message").expect("room for it");
        let received = pair.receive("a packet that is too long");
        assert!(
            received != Ok(Some(b"the next".to_vec())),
            "somebody has sent a packet of {length} bytes, and you return the message after it: nobody learns \
             that one was lost"
        );
        assert!(
            received != Ok(None),
            "somebody has sent a packet of {length} bytes, and you return None: that is not the end, and \
             more has come"
        );
        assert!(
            received.is_err(),
            "somebody has sent a packet of {length} bytes, and you return {}: it is cut, and looks whole",
            shown(&received)
        );
        assert!(
            received == Err(Errno::EMSGSIZE),
            "somebody has sent a packet of {length} bytes, which is EMSGSIZE, and you return {}",
            shown(&received)
        );
        let next = pair.receive("the next message");
        assert!(
            next == Ok(Some(b"the next".to_vec())),
            "after a packet of {length} bytes `the next` was sent, and you return {}",
            shown(&next)
        );
    }
}
