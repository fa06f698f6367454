use super::*;
use ch02_create::Mode;
use practice::{Room, alone, clear, entry, queue, send, set_capacity};

#[path = "rights_give/errors.rs"]
mod errors;
#[path = "rights_give/given.rs"]
mod given;
use given::{Now, ask, is_told};

const USERS: [u32; 5] = [4242, 0, 65_534, 1 << 31, u32::MAX - 1];

/// A queue with this mode and capacity, and one message in it.
fn queue_with(room: &Room, mode: u32, capacity: usize) -> Queue {
    let queue = queue(room);
    send(queue.id(), 3, b"hello").expect("room for it");
    ch06_cleanup::set_mode(queue, Mode::from_bits_truncate(mode)).expect("our queue");
    set_capacity(queue, capacity);
    queue
}

/// The mode that the queue has, and the one that is asked for.
const MODES: [(u32, Option<u32>); 5] =
    [(0o600, None), (0o606, None), (0o640, None), (0o640, Some(0o620)), (0o666, Some(0o600))];

#[test]
fn nothing_else_changes() {
    alone(|room| {
        for user in USERS {
            for capacity in [16_384, 0, 5_000, 1_000_000, 1] {
                for (had, mode) in MODES {
                    let queue = queue_with(room, had, capacity.min(16_384));
                    let before =
                        Now { owner: 1000, group: 55, mode: had, capacity: capacity as u64 };
                    let (given, told) = ask(queue, before, user, mode);
                    let there = entry(room, queue.id());
                    clear(room);
                    let due = Now { owner: user, mode: mode.unwrap_or(had), ..before };
                    is_told(&told, before, due, mode);
                    assert!(given == Ok(()), "the queue was given away, and you return {given:?}");
                    assert!(
                        there.is_some_and(|entry| entry.qnum == 1),
                        "a message waited in the queue, and it is not there any more"
                    );
                }
            }
        }
    });
}

/// Whether your function changes only what it has to; another test says it if not.
fn changes_only_that(room: &Room) -> bool {
    [(5_000, None), (0, Some(0o620))].into_iter().all(|(capacity, mode)| {
        let queue = queue_with(room, 0o640, capacity);
        let before = Now { owner: 1000, group: 55, mode: 0o640, capacity: capacity as u64 };
        let mut told = Vec::new();
        let failed = practice::failure(|| (_, told) = ask(queue, before, 4242, mode)).is_some();
        clear(room);
        !failed && told == [Now { owner: 4242, mode: mode.unwrap_or(0o640), ..before }]
    })
}

#[test]
fn each_mode_is_set_as_it_is() {
    alone(|room| {
        if !changes_only_that(room) {
            return;
        }
        for mode in [0o000, 0o111, 0o007, 0o070, 0o700, 0o777, 0o421] {
            let queue = queue_with(room, 0o640, 16_384);
            let user = nix::unistd::geteuid().as_raw();
            let given = practice::yours("a mode", || give(queue, user, Some(mode)));
            let now = entry(room, queue.id()).map(|entry| entry.perms & 0o777);
            clear(room);
            assert!(
                given == Ok(()) && now == Some(mode),
                "the mode {mode:03o} was asked for, and you return {given:?}; it is {:03o} now",
                now.unwrap_or_default()
            );
        }
    });
}

#[test]
fn kernel_knows_the_new_owner() {
    alone(|room| {
        if !changes_only_that(room) || !errors::are_returned(room) {
            return;
        }
        let queue = queue_with(room, 0o640, 5_000);
        let before = entry(room, queue.id()).expect("it is there");
        let given = practice::yours("user 4242", || give(queue, 4242, Some(0o620)));
        let now = entry(room, queue.id()).expect("it is there");
        clear(room);
        // In a user namespace there may be no such user, which is EINVAL.
        assert!(
            given == Err(Errno::EINVAL) || (now.uid, now.perms & 0o777) == (4242, 0o620),
            "the queue was to be given to user 4242 with the mode 620, you return {given:?}, and the kernel \
             lists the user {} and the mode {:03o}",
            now.uid,
            now.perms & 0o777
        );
        assert!(
            (now.gid, now.cuid, now.cgid, now.qnum) == (before.gid, before.cuid, before.cgid, 1),
            "group, creator or messages have changed: {now:?}, and before {before:?}"
        );
    });
}
