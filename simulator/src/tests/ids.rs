use alloc::vec::Vec;

use super::{Room, done};
use crate::{Errno, IPC_NOWAIT, IPC_PRIVATE, Id};

fn make(room: &mut Room) -> i32 {
    let made = room.kernel.msgget(room.root, IPC_PRIVATE, 0o600);
    made.expect("there is room for a queue").0
}

#[test]
fn the_first_ids_count_from_0() {
    let mut room = Room::new();
    assert_eq!(room.id, Id(0));
    let next: Vec<i32> = (0..3).map(|_| make(&mut room)).collect();
    assert_eq!(next, [1, 2, 3]);
}

#[test]
fn a_slot_that_is_free_again_waits_its_turn() {
    let mut room = Room::new();
    room.remove();
    assert_eq!(make(&mut room), 1);
}

#[test]
fn after_64_slots_the_first_comes_again_with_another_sequence_number() {
    let mut room = Room::new();
    for expected in 1..64 {
        let made = make(&mut room);
        assert_eq!(made, expected);
        room.kernel.remove(room.root, Id(made)).unwrap();
    }
    // Slot 0 is in use still.
    assert_eq!(make(&mut room), 1 << 15 | 1);
}

#[test]
fn with_many_queues_the_cycle_is_half_as_long_again() {
    let mut room = Room::new();
    let last = (1..100).map(|_| make(&mut room)).last();
    assert_eq!(last, Some(99));
    // The table grows with the queues, so the turn starts again only when some have gone.
    for slot in 10..60 {
        room.kernel.remove(room.root, Id(slot)).unwrap();
    }
    assert_eq!(make(&mut room), 1 << 15 | 10);
}

#[test]
fn with_50_queues_the_turn_has_75_slots() {
    let mut room = Room::new();
    for _ in 1..50 {
        make(&mut room);
    }
    let mut highest = 0;
    loop {
        let made = make(&mut room);
        room.kernel.remove(room.root, Id(made)).unwrap();
        if made >= 1 << 15 {
            break assert_eq!((highest, made), (74, 1 << 15 | 50));
        }
        highest = made;
    }
}

#[test]
fn the_id_of_a_removed_queue_is_einval_for_every_call() {
    let mut room = Room::new();
    let settings = (&room.status()).into();
    room.remove();
    let Room { kernel, root, id } = &mut room;
    let sent = kernel.msgsnd(*root, *id, 1, b"", IPC_NOWAIT);
    assert_eq!(done(sent), Err(Errno::EINVAL));
    let received = kernel.msgrcv(*root, *id, 0, 0, IPC_NOWAIT);
    assert_eq!(done(received), Err(Errno::EINVAL));
    assert_eq!(kernel.stat(*root, *id), Err(Errno::EINVAL));
    assert_eq!(kernel.set(*root, *id, settings), Err(Errno::EINVAL));
    assert_eq!(kernel.remove(*root, *id), Err(Errno::EINVAL));
}

#[test]
fn an_id_with_another_sequence_number_or_below_0_is_einval() {
    let room = Room::new();
    for id in [1 << 15, -1, i32::MIN] {
        let result = room.kernel.stat(room.root, Id(id));
        assert_eq!(result, Err(Errno::EINVAL));
    }
}
