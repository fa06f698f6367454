//! Changing a queue that one may not read, which the kernel allows.

use ch02_create::{Mode, Queue};
use ch04_send::Sender;
use ch06_cleanup::{OwnedQueue, Status, set_capacity};
use nix::errno::Errno;
use support::{Room, as_stranger};

use crate::{NOBODY, ONE, OURS, new_queue, raw};

/// What its owner gets to hear of a queue that nobody but privileged users may read.
fn change_unreadable(room: &Room) -> (Queue, nix::Result<Status>, nix::Result<()>) {
    let queue = new_queue(room, Mode::S_IWUSR);
    (queue, Status::of(queue), set_capacity(queue, 0))
}

#[test]
fn owner_who_may_not_read_changes_the_capacity_and_nothing_else() {
    support::alone(|room| {
        let change = || {
            // In a place of its own in the kernel's table, with one that was used before.
            let neighbours = [(); 3].map(|()| new_queue(room, OURS));
            room.remove(neighbours[1].id());
            let (queue, status, changed) = change_unreadable(room);
            let sent = Sender::new(queue).try_send(ONE, b"");
            room.remove(neighbours[0].id());
            room.remove(neighbours[2].id());
            (queue, status, changed, sent)
        };
        if let Some((queue, status, changed, sent)) = as_stranger(NOBODY, change) {
            assert_eq!((status, changed), (Err(Errno::EACCES), Ok(())));
            assert_eq!(sent, Err(Errno::EAGAIN), "the door is shut");
            let entry = &room.queues()[0];
            assert_eq!((entry.perms, entry.uid, entry.gid), (0o200, NOBODY, NOBODY));
            room.remove(queue.id());
        }
    });
}

#[test]
fn owner_who_may_not_read_closes_what_others_have_emptied() {
    support::alone(|room| {
        let close = || OwnedQueue::new(new_queue(room, Mode::S_IWUSR)).close_once_empty();
        if let Some(closed) = as_stranger(NOBODY, close) {
            assert_eq!(closed, Ok(()));
            assert_eq!(room.queues(), []);
        }
    });
}

#[test]
fn stranger_who_may_not_read_learns_the_status_all_the_same() {
    support::alone(|room| {
        let queue = new_queue(room, Mode::empty());
        let status = Status::whatever_the_mode(queue).expect("it is there");
        let ask = || (Status::of(queue), Status::whatever_the_mode(queue), Status::at(queue.id()));
        if let Some((denied, asked, found)) = as_stranger(NOBODY, ask) {
            assert_eq!(denied, Err(Errno::EACCES));
            assert_eq!((asked, found), (Ok(status.clone()), Ok((queue, status))));
        }
        room.remove(queue.id());
        assert_eq!(Status::whatever_the_mode(queue), Err(Errno::EINVAL));
    });
}

#[test]
fn place_in_the_table_has_the_queue_that_lives_there_now() {
    support::in_namespace(|room| {
        room.set_limit("msg_next_id", 5 << 15 | 7);
        let queue = new_queue(room, OURS);
        assert_eq!(queue.id(), 5 << 15 | 7, "as if it were the fifth at place 7");
        let status = Status::of(queue).expect("the queue is ours");
        for place in [7, queue.id(), 4 << 15 | 7] {
            assert_eq!(Status::at(place), Ok((queue, status.clone())), "{place}");
        }
        for place in [0, 6, 8, 0x7fff, -1] {
            assert_eq!(Status::at(place), Err(Errno::EINVAL), "{place}");
        }
        room.remove(queue.id());
        assert_eq!(Status::at(7), Err(Errno::EINVAL));
    });
}

#[test]
fn stranger_who_may_not_read_gets_eperm() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        let change = || (set_capacity(queue, 1), OwnedQueue::new(queue).close(|_| ()));
        if let Some(changed) = as_stranger(NOBODY, change) {
            assert_eq!(changed, (Err(Errno::EPERM), Err(Errno::EPERM)));
        }
        room.remove(queue.id());
    });
}

#[cfg(target_arch = "x86_64")]
#[test]
fn kernel_without_msg_stat_any_gives_the_owner_eacces_and_strangers_eperm() {
    support::alone(|room| {
        let strangers = new_queue(room, OURS);
        let change = || {
            raw::forget_msg_stat_any();
            (change_unreadable(room), set_capacity(strangers, 1))
        };
        if let Some(((own, _, changed), forbidden)) = as_stranger(NOBODY, change) {
            assert_eq!((changed, forbidden), (Err(Errno::EACCES), Err(Errno::EPERM)));
            room.remove(own.id());
        }
        room.remove(strangers.id());
    });
}
