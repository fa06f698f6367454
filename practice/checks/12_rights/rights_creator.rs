use super::*;
use practice::{alone, clear, entry};

#[path = "rights_creator/errors.rs"]
mod errors;
#[path = "rights_creator/squatter.rs"]
mod squatter;
use squatter::{ME, SQUATTER, Users, found, made, seen};

/// Owner, their group, creator, their group; and who is trusted.
const TRUSTED: [([u32; 4], u32); 6] = [
    ([ME, 7, ME, 7], ME),
    ([SQUATTER, 8, ME, 7], ME),
    ([0, 0, ME, 7], ME),
    ([SQUATTER, 8, SQUATTER, 8], SQUATTER),
    ([SQUATTER, 8, 0, 0], 0),
    ([8, 9, u32::MAX - 1, 9], u32::MAX - 1),
];
const SQUATTED: [([u32; 4], u32, &str); 7] = [
    ([ME, 7, SQUATTER, 7], ME, "the owner looks right because a squatter has given it to them"),
    ([SQUATTER, 7, SQUATTER, 7], ME, "it is somebody else's altogether"),
    ([ME, 7, 0, 0], ME, "root has made it, who was not to be trusted: only one user was"),
    ([0, 0, SQUATTER, 7], 0, "root owns it because a squatter has given it to root"),
    ([ME, ME, SQUATTER, ME], ME, "only the group of its creator looks right"),
    ([ME, 7, ME + (1 << 16), 7], ME, "only the lower half of the creator's number looks right"),
    ([ME, ME, ME, ME], SQUATTER, "you have made it yourself, and another user was to be trusted"),
];

#[test]
fn queue_of_the_trusted_creator_is_found() {
    alone(|room| {
        for (users, trusted) in TRUSTED {
            let (key, queue) = found(room);
            let answer = seen(queue, Users(users), key, trusted);
            clear(room);
            let [owner, _, creator, _] = users;
            assert!(
                answer.is_ok() || owner == creator,
                "user {creator}, who is trusted, has made the queue, and has given it to {owner}; you return \
                 {answer:?}: it is not the owner that counts"
            );
            assert!(
                answer == Ok(queue),
                "user {creator}, who is trusted, has made and owns the queue {}, and you return {answer:?}",
                queue.id()
            );
        }
    });
}

#[test]
fn queue_of_anybody_else_is_refused() {
    alone(|room| {
        for (users, trusted, why) in SQUATTED {
            let (key, queue) = found(room);
            let answer = seen(queue, Users(users), key, trusted);
            let there = entry(room, queue.id());
            clear(room);
            let [owner, _, creator, _] = users;
            assert!(
                answer.is_err(),
                "user {trusted} is trusted; the queue is owned by {owner} and was made by {creator}, and you \
                 trust it: {why}"
            );
            assert!(
                answer == Err(Errno::EPERM),
                "user {trusted} is trusted; the queue was made by {creator}, which is EPERM, and you return \
                 {answer:?}"
            );
            assert!(
                there.is_some_and(|entry| entry.perms == 0o600 && entry.qnum == 0),
                "somebody else's queue has the key, and you have removed or changed it: it may be in use, and \
                 was not made for you"
            );
        }
    });
}

/// Whether your function is right as far as the two tables go; other tests say it if not.
fn is_right_so_far(room: &practice::Room) -> bool {
    let trusted = TRUSTED.map(|(users, trusted)| (users, trusted, Ok(())));
    let squatted = SQUATTED.map(|(users, trusted, _)| (users, trusted, Err(Errno::EPERM)));
    trusted.into_iter().chain(squatted).all(|(users, trusted, due)| {
        let (key, queue) = found(room);
        let mut answer = None;
        let ask = || answer = Some(seen(queue, Users(users), key, trusted).map(drop));
        let failed = practice::failure(ask).is_some();
        let there = practice::is_there(room, queue.id());
        clear(room);
        !failed && there && answer == Some(due)
    })
}

#[test]
fn real_squatter_is_refused() {
    alone(|room| {
        if !is_right_so_far(room) {
            return;
        }
        let key = practice::key(room);
        // Where nobody can become somebody else, support says so, and the other tests have to do.
        let given = support::as_stranger(20_121, || {
            let queue = made(key);
            let give = practice::passing(
                |_, passing| {
                    if let practice::Passing::Set(status) = passing {
                        status.msg_perm.uid = 0;
                    }
                },
                || ch06_cleanup::set_capacity(queue, 16_384),
            );
            give.expect("one may give away what one has made");
        });
        if given.is_none() {
            return;
        }
        let [root, stranger] = [0, 20_121]
            .map(|user| practice::yours("a squatter's queue", || find(key, Uid::from_raw(user))));
        clear(room);
        assert!(
            root == Err(Errno::EPERM),
            "user 20121 has made a queue and given it to root; root is trusted, and you return {root:?}"
        );
        assert!(
            stranger.is_ok(),
            "user 20121 has made a queue and given it to root; user 20121 is trusted, and you return \
             {stranger:?}"
        );
    });
}
