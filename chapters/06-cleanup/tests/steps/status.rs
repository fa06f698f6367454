//! What the kernel tells of a queue.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};
use ch06_cleanup::{Status, set_capacity};
use nix::errno::Errno;
use nix::unistd::{Gid, Pid, Uid};
use support::Entry;

use crate::{NOBODY, OURS, new_queue, queue_with, recv};

fn time(seconds: i64) -> Option<SystemTime> {
    let seconds = u64::try_from(seconds).expect("after 1970");
    (seconds > 0).then(|| UNIX_EPOCH + Duration::from_secs(seconds))
}

/// Compares what msgctl says with the kernel's public list.
fn assert_same(status: &Status, entry: &Entry) {
    assert_eq!(status.key, Key::new(entry.key));
    assert_eq!((status.messages as u64, status.bytes as u64), (entry.qnum, entry.cbytes));
    assert_eq!(status.mode.bits(), entry.perms);
    let owner = (Uid::from_raw(entry.uid), Gid::from_raw(entry.gid));
    let creator = (Uid::from_raw(entry.cuid), Gid::from_raw(entry.cgid));
    assert_eq!((status.owner, status.creator), (owner, creator));
    let pid = |raw| (raw != 0).then(|| Pid::from_raw(raw));
    assert_eq!(status.last_sender, pid(entry.lspid));
    assert_eq!(status.last_receiver, pid(entry.lrpid));
    assert_eq!(status.last_sent, time(entry.stime));
    assert_eq!(status.last_received, time(entry.rtime));
    assert_eq!(status.last_changed, time(entry.ctime));
}

#[test]
fn status_is_what_the_kernel_lists() {
    support::alone(|room| {
        let queue = queue_with(room, &["one", "three"]);
        let status = Status::of(queue).expect("the queue is ours");
        assert_same(&status, &room.queues()[0]);
        assert_eq!((status.messages, status.bytes), (2, 8));
        assert_eq!(status.last_sender, Some(Pid::this()));

        recv(queue).expect("there is a message");
        let status = Status::of(queue).expect("the queue is ours");
        assert_same(&status, &room.queues()[0]);
        assert_eq!((status.messages, status.bytes), (1, 5));
        assert_eq!(status.last_receiver, Some(Pid::this()));
        room.remove(queue.id());
    });
}

#[test]
fn new_queue_has_no_past() {
    support::alone(|room| {
        let before = SystemTime::now() - Duration::from_secs(2);
        let queue = new_queue(room, OURS);
        let status = Status::of(queue).expect("the queue is ours");
        assert_same(&status, &room.queues()[0]);
        assert_eq!((status.messages, status.bytes), (0, 0));
        assert_eq!((status.last_sender, status.last_receiver), (None, None));
        assert_eq!((status.last_sent, status.last_received), (None, None));
        let changed = status.last_changed.expect("it has been made");
        assert!(before < changed && changed <= SystemTime::now());
        room.remove(queue.id());
    });
}

#[test]
fn capacity_of_a_new_queue_is_msgmnb() {
    support::in_namespace(|room| {
        for bytes in [16_384, 100] {
            room.set_limit("msgmnb", bytes);
            let queue = new_queue(room, OURS);
            let status = Status::of(queue).expect("the queue is ours");
            assert_eq!(status.capacity as u64, bytes);
            room.remove(queue.id());
        }
    });
}

#[test]
fn mode_and_owner_are_those_it_was_made_with() {
    support::alone(|room| {
        let mode = OURS | Mode::S_IRGRP | Mode::S_IWOTH;
        let queue = new_queue(room, mode);
        let status = Status::of(queue).expect("the queue is ours");
        let me = (Uid::effective(), Gid::effective());
        assert_eq!((status.mode, status.owner, status.creator), (mode, me, me));
        room.remove(queue.id());
    });
}

#[test]
fn key_is_the_one_it_was_made_with_and_a_private_queue_has_none() {
    support::alone(|room| {
        for key in [room.key(), -room.key()].map(|key| Key::new(key).expect("not 0")) {
            let queue = Queue::create_new(key, OURS).expect("no queue has it");
            room.watch(queue.id());
            assert_eq!(Status::of(queue).map(|status| status.key), Ok(Some(key)));
            room.remove(queue.id());
        }
        let queue = new_queue(room, OURS);
        assert_eq!(Status::of(queue).map(|status| status.key), Ok(None));
        room.remove(queue.id());
    });
}

#[test]
fn ipc_stat_requires_read_permission() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        if let Some(status) = support::as_stranger(NOBODY, || Status::of(queue)) {
            assert_eq!(status, Err(Errno::EACCES));
        }
        room.remove(queue.id());
    });
}

#[test]
fn queue_that_is_gone_has_no_status() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        room.remove(queue.id());
        assert_eq!(Status::of(queue), Err(Errno::EINVAL));
        assert_eq!(set_capacity(queue, 1), Err(Errno::EINVAL));
        assert_eq!(Status::of(Queue::from_id(-1)), Err(Errno::EINVAL));
    });
}

/// The Linux Programming Interface's `svmsg_info.c` prints `msgmax` as the bytes in use.
#[test]
#[cfg(target_os = "linux")]
fn bytes_in_use_of_all_queues_are_in_msgtql() {
    support::in_namespace(|room| {
        queue_with(room, &[&"x".repeat(100), &"x".repeat(50)]);
        let mut info = std::mem::MaybeUninit::<libc::msginfo>::zeroed();
        // SAFETY: MSG_INFO ignores the id and writes one `msginfo` behind the pointer; there is
        // one.
        let done = unsafe { libc::msgctl(0, libc::MSG_INFO, info.as_mut_ptr().cast()) };
        Errno::result(done).expect("everybody may ask for the totals");
        // SAFETY: all of it was zeroed, and integers may be zero.
        let info = unsafe { info.assume_init() };
        let queues = room.queues();
        assert_eq!((info.msgpool, info.msgmap, info.msgtql), (1, 2, 150));
        assert_eq!((info.msgmax, info.msgmnb), (8192, 16_384));
        room.remove(queues[0].msqid);
    });
}
