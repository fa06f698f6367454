//! An owner that copies messages, and takes nothing by the inbox.

use ch05_receive::{Receiver, Select};
use ch10_waiting::Inbox;
use nix::errno::Errno;
use support::until;

use super::{armed, is_ringing, send, wait_for_ring, wait_until_armed};
use crate::{ONE, new_queue};

#[test]
fn bell_rings_for_an_owner_that_copies_and_takes_nothing() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut inbox = armed(queue, Select::Any);
        let mut receiver = Receiver::new(queue);
        for count in 1..=3 {
            send(queue, 1, b"copied");
            wait_for_ring(&inbox);
            assert_eq!(inbox.in_hand(), Ok(None));
            assert_eq!(room.queues()[0].qnum, count);
            // It is still there, so it is rung for again.
            assert!(inbox.wait_again());
            wait_for_ring(&inbox);
            receiver.recv(Select::Any).expect("there is one");
            send(queue, 1, b"in its place");
            assert_eq!(inbox.in_hand(), Ok(None));
        }
        while receiver.try_recv(Select::Any).expect("it is ours").is_some() {}
        assert!(inbox.wait_again());
        wait_until_armed(&inbox);
        assert!(!is_ringing(&inbox));
        assert!(inbox.wait_again(), "it waits already");
        drop(inbox);
        room.remove(queue.id());
    });
}

#[test]
fn empty_message_is_in_hand_once_and_not_waited_past() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut inbox = armed(queue, Select::Any);
        send(queue, 1, b"");
        wait_for_ring(&inbox);
        assert!(!inbox.wait_again(), "there is something to say first");
        assert_eq!(inbox.in_hand(), Ok(Some(ONE)));
        assert_eq!(inbox.in_hand(), Ok(None));
        assert!(inbox.wait_again());
        drop(inbox);
        room.remove(queue.id());
    });
}

#[test]
fn removal_is_reported_to_an_owner_that_copies() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut inbox: Inbox = armed(queue, Select::Any);
        room.remove(queue.id());
        wait_for_ring(&inbox);
        assert!(!inbox.wait_again());
        assert_eq!(inbox.in_hand(), Err(Errno::EIDRM));
        // The thread may be as fast as this: it has rung then, and nobody may wait past that.
        until("the removed queue to be noticed again", || {
            let _ = inbox.wait_again();
            inbox.in_hand() == Err(Errno::EINVAL)
        });
    });
}
