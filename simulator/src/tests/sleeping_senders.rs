use super::Room;
use crate::{Errno, Outcome};

#[test]
fn room_wakes_the_sender_whose_message_fits() {
    let mut room = Room::holding(10);
    room.send(1, b"12345678").unwrap();
    let sender = room.sleeping_sender(2, 5);
    assert_eq!(room.receive(0, 0).unwrap().mtype, 1);
    assert_eq!(room.sent(), [(sender, Ok(()))]);
    assert_eq!(room.types(), [2]);
    assert_eq!(room.status().lspid, Some(sender));
}

#[test]
fn who_was_woken_too_late_goes_to_the_end() {
    let mut room = Room::holding(10);
    room.send(1, b"1234567890").unwrap();
    let senders = [6, 6, 6].map(|size| room.sleeping_sender(2, size));
    assert_eq!(room.senders(), senders);
    // Each of them fits now, so all three are woken, and there is room for one.
    room.receive(0, 0).unwrap();
    assert_eq!(room.sent(), [(senders[0], Ok(()))]);
    assert_eq!(room.senders(), [senders[1], senders[2]]);
}

#[test]
fn who_does_not_fit_stands_behind_those_who_were_woken() {
    let mut room = Room::holding(10);
    room.send(1, b"12345").unwrap();
    room.send(1, b"12345").unwrap();
    let long = room.sleeping_sender(2, 8);
    let one = room.sleeping_sender(2, 4);
    let two = room.sleeping_sender(2, 4);
    room.receive(0, 0).unwrap();
    assert_eq!(room.sent(), [(one, Ok(()))]);
    assert_eq!(room.senders(), [long, two]);
}

#[test]
fn the_long_message_waits_while_short_ones_come_and_go() {
    let mut room = Room::holding(10);
    room.send(1, b"12345").unwrap();
    room.send(1, b"12345").unwrap();
    let long = room.sleeping_sender(2, 10);
    for _ in 0..50 {
        room.receive(1, 0).unwrap();
        room.send(1, b"12345").unwrap();
    }
    assert_eq!(room.sent(), []);
    assert_eq!(room.senders(), [long]);
}

#[test]
fn a_woken_sender_hands_its_message_over() {
    let mut room = Room::holding(1);
    let receiver = room.sleeping_receiver(10, 2, 0);
    room.fill(&[1]);
    let sender = room.sleeping_sender(2, 0);
    room.receive(1, 0).unwrap();
    let woken: alloc::vec::Vec<_> = room
        .kernel
        .woken()
        .into_iter()
        .map(|(pid, _)| pid)
        .collect();
    assert_eq!(woken, [sender, receiver]);
    assert_eq!(room.types(), []);
}

#[test]
fn more_capacity_wakes_senders_and_less_does_not() {
    let mut room = Room::holding(1);
    room.fill(&[1]);
    let sender = room.sleeping_sender(2, 5);
    room.change(|settings| settings.qbytes = 0).unwrap();
    assert_eq!(room.senders(), [sender]);
    room.change(|settings| settings.qbytes = 5).unwrap();
    assert_eq!(room.sent(), [(sender, Ok(()))]);
}

#[test]
fn a_sender_who_may_no_longer_write_is_told_only_when_there_is_room() {
    let mut room = Room::holding(1);
    room.change(|settings| settings.mode = 0o602).unwrap();
    room.fill(&[1]);
    let user = room.user(1000);
    let outcome = room.kernel.msgsnd(user, room.id, 1, b"", 0);
    assert_eq!(outcome, Outcome::Asleep);

    room.change(|settings| settings.mode = 0o600).unwrap();
    assert_eq!(room.sent(), []);
    room.receive(0, 0).unwrap();
    assert_eq!(room.sent(), [(user, Err(Errno::EACCES))]);
}

#[test]
fn a_signal_ends_the_sleep() {
    let mut room = Room::holding(0);
    let sender = room.sleeping_sender(1, 0);
    room.kernel.interrupt(sender);
    assert_eq!(room.sent(), [(sender, Err(Errno::EINTR))]);
    assert_eq!(room.senders(), []);
}

#[test]
fn a_signal_is_nothing_to_who_is_awake() {
    let mut room = Room::holding(0);
    let pid = room.another();
    room.kernel.interrupt(pid);
    let outcome = room.kernel.msgsnd(pid, room.id, 1, b"", 0);
    assert_eq!(outcome, Outcome::Asleep);
    assert_eq!(room.sent(), []);
}

#[test]
fn removal_wakes_everyone() {
    let mut room = Room::holding(0);
    let one = room.sleeping_sender(1, 0);
    let two = room.sleeping_sender(1, 9);
    room.remove();
    let expected = [(one, Err(Errno::EIDRM)), (two, Err(Errno::EIDRM))];
    assert_eq!(room.sent(), expected);
}
