//! The kernel's own answer, where other users can be had.

use super::*;
use ch02_create::{Mode, Queue};
use nix::errno::Errno;
use practice::{Passing, Room, alone, as_person, passing};

/// A queue with these rights, if they can be given.
fn queue_with(room: &Room, rights: Rights) -> Option<Queue> {
    let creator = Person { uid: rights.creator, gid: rights.creator_group, groups: &[] };
    let queue = as_person(creator, || Queue::private(Mode::empty()).expect("a queue"))?;
    room.watch(queue.id());
    let set = passing(
        move |_, passing| {
            if let Passing::Set(status) = passing {
                status.msg_perm.uid = rights.owner;
                status.msg_perm.gid = rights.group;
                status.msg_perm.mode = rights.mode as _;
            }
        },
        || ch06_cleanup::set_mode(queue, Mode::empty()),
    );
    set.expect("root may set them");
    Some(queue)
}

/// What the kernel says to this person.
fn asked(person: Person, queue: Queue, access: Access) -> Option<bool> {
    let answer = as_person(person, || match access {
        Access::Read => support::caught(|| practice::receive(queue.id())).is_ok(),
        Access::Write => practice::send(queue.id(), 1, b"hello") != Err(Errno::EACCES),
    });
    while_empty(queue);
    answer
}

fn while_empty(queue: Queue) {
    while practice::receive(queue.id()).is_some() {}
}

#[test]
fn kernel_says_the_same() {
    alone(|room| {
        let rows = table().into_iter().filter(|row| !row.privileged);
        for row in rows.clone() {
            let Some(queue) = queue_with(room, row.queue) else {
                return;
            };
            let answer = asked(row.person, queue, row.access);
            room.remove(queue.id());
            assert!(answer == Some(row.may), "the table of this test is wrong: {row:?}");
        }
        if !knows_the_table() {
            return;
        }
        for mode in [0o640, 0o124, 0o317, 0o062, 0o706, 0o551] {
            let rights = Rights { mode, ..QUEUE };
            let Some(queue) = queue_with(room, rights) else {
                return;
            };
            for person in rows.clone().map(|row| row.person) {
                for access in [Access::Read, Access::Write] {
                    let answer = asked(person, queue, access) == Some(true);
                    let yours = yours("a mode", || may(person, false, rights, access));
                    assert!(
                        yours == answer,
                        "{}: the kernel says {answer}, and you say {yours}",
                        shown(person, rights, access)
                    );
                }
            }
            room.remove(queue.id());
        }
    });
}
