//! What may happen where several were woken and one of them has to be first.

use super::Room;
use crate::Errno;

#[test]
fn paused_nobody_runs_until_told_to() {
    let mut room = Room::holding(10);
    room.send(1, b"1234567890").unwrap();
    let one = room.sleeping_sender(2, 6);
    let two = room.sleeping_sender(3, 6);
    room.kernel.pause();
    room.receive(0, 0).unwrap();
    assert_eq!(room.kernel.runnable(), [one, two]);
    assert_eq!(room.kernel.woken(), []);

    room.kernel.run(two);
    room.kernel.run(one);
    assert_eq!(room.sent(), [(two, Ok(()))]);
    assert_eq!(room.types(), [3]);
    assert_eq!(room.senders(), [one]);
}

#[test]
fn after_a_change_receivers_queue_up_as_they_run() {
    let mut room = Room::new();
    let one = room.sleeping_receiver(10, 0, 0);
    let two = room.sleeping_receiver(10, 0, 0);
    room.kernel.pause();
    room.change(|settings| settings.qbytes = 5).unwrap();
    // Each leaves the list, gives the lock back, and looks again.
    for pid in [two, two, one, one] {
        room.kernel.run(pid);
    }
    assert_eq!(room.receivers(), [two, one]);
}

#[test]
fn a_receiver_between_the_list_and_the_look_finds_what_was_queued_meanwhile() {
    let mut room = Room::holding(1);
    let receiver = room.sleeping_receiver(10, 2, 0);
    room.fill(&[1]);
    let sender = room.sleeping_sender(2, 0);
    room.kernel.pause();
    room.change(|settings| settings.qbytes = 2).unwrap();
    for pid in [receiver, sender] {
        room.kernel.run(pid);
    }
    assert_eq!(room.types(), [1, 2]);
    room.kernel.run(receiver);
    assert_eq!(room.types(), [1]);
}

#[test]
#[should_panic(expected = "have yet to run")]
fn a_call_before_all_have_run_is_a_mistake() {
    let mut room = Room::holding(0);
    let sender = room.sleeping_sender(1, 0);
    room.kernel.pause();
    room.kernel.interrupt(sender);
    let _ = room.kernel.stat(room.root, room.id);
}

#[test]
#[should_panic(expected = "was not woken")]
fn who_was_not_woken_cannot_run() {
    let mut room = Room::holding(0);
    let sender = room.sleeping_sender(1, 0);
    room.kernel.run(sender);
}

#[test]
fn with_a_signal_and_a_removal_the_removal_is_told() {
    let mut room = Room::new();
    let receiver = room.sleeping_receiver(10, 0, 0);
    room.kernel.pause();
    room.remove();
    room.kernel.interrupt(receiver);
    room.kernel.run(receiver);
    assert_eq!(room.received(), [(receiver, Err(Errno::EIDRM))]);
}
