//! What a spool keeps, and how it is sent.

mod file;

use std::fs;
use std::path::Path;

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::set_capacity;
use ch10_waiting::{Fate, Policy, Spool};
use nix::errno::Errno;
use support::Room;

use super::{drain, produce, small_queue};
use crate::ONE;

/// A queue that is full, and a folder for a spool.
fn with_spool(body: impl FnOnce(&Room, Queue, &Path)) {
    support::alone(|room| {
        let queue = small_queue(room, 0);
        let folder = tempfile::tempdir().expect("a folder can be made");
        body(room, queue, &folder.path().join("spool"));
        room.remove(queue.id());
    });
}

/// Sends what a spool keeps.
fn send_kept(path: &Path, queue: Queue) -> Vec<String> {
    set_capacity(queue, 1000).expect("the queue is ours");
    let mut spool = Spool::open(path).expect("it is a spool");
    assert_eq!(spool.drain(&mut Sender::new(queue)), Ok(true));
    drain(queue)
}

#[test]
fn next_producer_sends_what_the_one_before_has_kept() {
    with_spool(|_, queue, path| {
        for text in ["one", "", "three"] {
            let mut spool = Spool::open(path).expect("it is a spool");
            assert_eq!(produce(queue, &mut spool, &[text]), [Ok(Fate::Kept)]);
        }
        assert_eq!(send_kept(path, queue), ["one", "", "three"]);
        assert_eq!(send_kept(path, queue), [""; 0], "once");
    });
}

#[test]
fn kept_message_keeps_its_type_and_all_its_bytes() {
    with_spool(|_, queue, path| {
        let mut spool = Spool::open(path).expect("it is new");
        let (all, highest) = ((0..=255).collect::<Vec<u8>>(), MessageType::new(libc::c_long::MAX));
        let mut sender = Sender::new(queue);
        let kept = spool.send(&mut sender, highest.expect("at least 1"), &all);
        assert_eq!(kept, Ok(Fate::Kept));
        set_capacity(queue, 1000).expect("the queue is ours");
        assert_eq!(spool.drain(&mut sender), Ok(true));
        let mut receiver = Receiver::new(queue);
        let message = receiver.recv(Select::Any).expect("there is a message");
        assert_eq!((Some(message.message_type()), message.bytes()), (highest, &all[..]));
    });
}

/// The other half of the next test: it changes a limit of the whole process.
#[test]
fn producer_that_is_killed_before_it_has_noted_a_message_down_sends_it_again() {
    with_spool(|_, queue, path| {
        let mut spool = Spool::open(path).expect("it is new");
        produce(queue, &mut spool, &["one", "two"]);
        drop(spool);
        let before = fs::read(path).expect("it is ours");
        assert_eq!(send_kept(path, queue), ["one", "two"]);
        fs::write(path, before).expect("it is ours");
        assert_eq!(send_kept(path, queue), ["one", "two"], "at least once, and not exactly");
    });
}

#[test]
fn message_that_never_fits_holds_up_the_ones_after_it() {
    with_spool(|_, queue, path| {
        let mut spool = Spool::open(path).expect("it is new");
        produce(queue, &mut spool, &["too long", "short"]);
        set_capacity(queue, 5).expect("the queue is ours");
        assert_eq!(spool.drain(&mut Sender::new(queue)), Ok(false));
        // There is room for this one, but not for the first.
        assert_eq!(produce(queue, &mut spool, &["x"]), [Ok(Fate::Kept)]);
        assert_eq!(drain(queue), [""; 0]);
        set_capacity(queue, 100).expect("the queue is ours");
        assert_eq!(produce(queue, &mut spool, &["and on"]), [Ok(Fate::Sent)]);
        assert_eq!(drain(queue), ["too long", "short", "x", "and on"]);
    });
}

#[test]
fn message_longer_than_msgmax_is_not_kept_and_holds_up_nobody() {
    with_spool(|_, queue, path| {
        let msgmax = fs::read_to_string("/proc/sys/kernel/msgmax").expect("Linux has this limit");
        let msgmax: usize = msgmax.trim().parse().expect("a number");
        let mut spool = Spool::open(path).expect("it is new");
        let mut sender = Sender::new(queue);
        assert_eq!(produce(queue, &mut spool, &["before"]), [Ok(Fate::Kept)]);
        let too_long = spool.send(&mut sender, ONE, &vec![0; msgmax + 1]);
        assert_eq!(too_long, Err(Errno::EINVAL));
        assert_eq!(spool.send(&mut sender, ONE, &vec![0; msgmax]), Ok(Fate::Kept));
        assert_eq!(produce(queue, &mut spool, &["after"]), [Ok(Fate::Kept)]);
        set_capacity(queue, msgmax + 1000).expect("the queue is ours");
        assert_eq!(spool.drain(&mut sender), Ok(true));
        assert_eq!(drain(queue).last().map(String::as_str), Some("after"));
    });
}

#[test]
fn spool_of_a_queue_that_is_gone_keeps_its_messages() {
    support::alone(|room| {
        let queue = small_queue(room, 0);
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("spool");
        let mut spool = Spool::open(&path).expect("it is new");
        produce(queue, &mut spool, &["one"]);
        room.remove(queue.id());
        assert_eq!(spool.drain(&mut Sender::new(queue)), Err(Errno::EINVAL));
        let sent = spool.send(&mut Sender::new(queue), ONE, b"two");
        assert_eq!(sent, Err(Errno::EINVAL), "not accepted");
        drop(spool);
        let queue = small_queue(room, 100);
        assert_eq!(send_kept(&path, queue), ["one"]);
        room.remove(queue.id());
    });
}
