use super::{Room, done};
use crate::{Errno, IPC_NOWAIT, Id, Limits, Outcome};

#[test]
fn a_message_joins_the_end() {
    let mut room = Room::new();
    room.fill(&[3, 1, 2]);
    assert_eq!(room.types(), [3, 1, 2]);
    let status = room.status();
    assert_eq!((status.qnum, status.cbytes), (3, 0));
    assert_eq!((status.lspid, status.lrpid), (Some(room.root), None));
}

#[test]
fn a_type_below_1_is_einval() {
    let mut room = Room::new();
    for mtype in [0, -1, i64::MIN] {
        assert_eq!(room.send(mtype, b""), Err(Errno::EINVAL));
    }
    assert_eq!(room.send(i64::MAX, b""), Ok(()));
}

#[test]
fn longer_than_msgmax_is_einval_and_msgmax_may_change() {
    let mut room = Room::new();
    assert_eq!(room.send(1, &[0; 8192]), Ok(()));
    assert_eq!(room.send(1, &[0; 8193]), Err(Errno::EINVAL));
    room.kernel.set_limits(Limits {
        msgmax: 9,
        ..Limits::default()
    });
    assert_eq!(room.send(1, &[0; 10]), Err(Errno::EINVAL));
    assert_eq!(room.send(1, &[0; 9]), Ok(()));
}

#[test]
fn size_and_type_are_looked_at_before_the_queue() {
    let mut room = Room::new();
    let stranger = room.user(1000);
    let mut send = |id, mtype| done(room.kernel.msgsnd(stranger, id, mtype, b"", IPC_NOWAIT));
    assert_eq!(send(room.id, 0), Err(Errno::EINVAL));
    assert_eq!(send(room.id, 1), Err(Errno::EACCES));
    assert_eq!(send(Id(5), 1), Err(Errno::EINVAL));
}

#[test]
fn a_queue_is_full_of_bytes() {
    let mut room = Room::holding(10);
    assert_eq!(room.send(1, b"1234567"), Ok(()));
    assert_eq!(room.send(1, b"1234"), Err(Errno::EAGAIN));
    assert_eq!(room.send(1, b"123"), Ok(()));
    // An empty message needs no bytes, only a place.
    assert_eq!(room.send(1, b""), Ok(()));
    assert_eq!(room.status().cbytes, 10);
}

#[test]
fn a_queue_is_full_of_messages_when_there_are_as_many_as_bytes_may_be() {
    let mut room = Room::holding(3);
    room.fill(&[1, 1, 1]);
    assert_eq!(room.send(1, b""), Err(Errno::EAGAIN));
}

#[test]
fn with_capacity_0_not_even_an_empty_message_fits() {
    let mut room = Room::new();
    room.change(|settings| settings.qbytes = 0).unwrap();
    assert_eq!(room.send(1, b""), Err(Errno::EAGAIN));
}

#[test]
fn a_message_longer_than_the_capacity_waits_for_ever() {
    let mut room = Room::holding(100);
    assert_eq!(room.send(1, &[0; 101]), Err(Errno::EAGAIN));
    let (root, id) = (room.root, room.id);
    let outcome = room.kernel.msgsnd(root, id, 1, &[0; 101], 0);
    assert_eq!(outcome, Outcome::Asleep);
}

#[test]
fn the_rights_are_looked_at_before_the_room() {
    let mut room = Room::holding(0);
    let stranger = room.user(1000);
    let outcome = room.kernel.msgsnd(stranger, room.id, 1, b"", IPC_NOWAIT);
    assert_eq!(done(outcome), Err(Errno::EACCES));
    assert_eq!(room.status().lspid, None);
}

#[test]
fn room_is_looked_for_even_if_the_message_would_be_handed_over() {
    let mut room = Room::holding(1);
    let receiver = room.sleeping_receiver(10, 2, 0);
    room.fill(&[1]);
    assert_eq!(room.send(2, b""), Err(Errno::EAGAIN));
    assert_eq!(room.receivers(), [receiver]);
}

#[test]
fn a_message_keeps_its_serial_from_the_call_to_the_buffer() {
    let mut room = Room::holding(1);
    room.fill(&[7]);
    room.sleeping_sender(8, 0);
    assert_eq!(room.receive(0, 0).unwrap().serial, 1);
    assert_eq!(room.receive(0, 0).unwrap().serial, 2);
}
