//! Whoever has made and who owns a queue, as far as your function can see.

use super::*;
use ch02_create::Mode;
use practice::{Passing, Room, key, passing, yours};

/// Four users: owner, their group, creator, their group.
#[derive(Clone, Copy, Debug)]
pub(super) struct Users(pub(super) [u32; 4]);

pub(super) const ME: u32 = 1000;
pub(super) const SQUATTER: u32 = 4242;

/// What your function returns for this key, where the queue with this ID belongs to `users`, and
/// every other to the squatter.
#[track_caller]
pub(super) fn seen(queue: Queue, users: Users, key: Key, trusted: u32) -> nix::Result<Queue> {
    let hook = move |id, passing: Passing| {
        if let Passing::Read(status) = passing {
            let Users(users) = if id == queue.id() { users } else { Users([SQUATTER; 4]) };
            let perm = &mut status.msg_perm;
            [perm.uid, perm.gid, perm.cuid, perm.cgid] = users;
        }
    };
    let what = format!("a queue of user {}, made by {}", users.0[0], users.0[2]);
    yours(what, || passing(hook, || find(key, Uid::from_raw(trusted))))
}

/// A queue with a key.
pub(super) fn found(room: &Room) -> (Key, Queue) {
    let key = key(room);
    (key, made(key))
}

pub(super) fn made(key: Key) -> Queue {
    Queue::create_new(key, Mode::S_IRUSR | Mode::S_IWUSR).expect("a queue")
}

/// Whether your function trusts whom it must; other tests say it if not.
pub(super) fn trusts_the_creator(room: &Room) -> bool {
    let cases = [([SQUATTER, 7, ME, 7], true), ([ME, 7, SQUATTER, 7], false)];
    cases.into_iter().all(|(users, trusted)| {
        let (key, queue) = found(room);
        let mut answer = None;
        let failed =
            practice::failure(|| answer = Some(seen(queue, Users(users), key, ME))).is_some();
        practice::clear(room);
        !failed && answer.is_some_and(|answer| answer.is_ok() == trusted)
    })
}
