use super::{Room, done};
use crate::{Call, Credentials, Errno, Id, MSG_EXCEPT, MSG_NOERROR, Outcome, Sleep};

#[test]
fn a_message_is_handed_to_the_first_who_wants_it_and_never_queued() {
    let mut room = Room::new();
    let two = room.sleeping_receiver(10, 2, 0);
    let any = room.sleeping_receiver(10, 0, 0);
    let late = room.sleeping_receiver(10, 0, 0);
    room.fill(&[1]);
    assert_eq!(room.received(), [(any, Ok(1))]);
    assert_eq!(room.receivers(), [two, late]);
    let status = room.status();
    assert_eq!((status.qnum, status.lrpid), (0, Some(any)));
}

#[test]
fn nobody_who_wants_another_type_is_woken() {
    let mut room = Room::new();
    room.sleeping_receiver(10, 2, 0);
    room.sleeping_receiver(10, -3, 0);
    room.sleeping_receiver(10, 4, MSG_EXCEPT);
    room.fill(&[4]);
    assert_eq!(room.received(), []);
    assert_eq!(room.types(), [4]);
}

#[test]
fn a_sleeper_takes_what_comes_first_not_what_is_lowest() {
    let mut room = Room::new();
    let receiver = room.sleeping_receiver(10, -3, 0);
    room.fill(&[3, 1]);
    assert_eq!(room.received(), [(receiver, Ok(3))]);
    assert_eq!(room.types(), [1]);
}

#[test]
fn who_has_too_small_a_buffer_gets_e2big_and_the_next_is_asked() {
    let mut room = Room::new();
    let small = room.sleeping_receiver(2, 0, 0);
    let smaller = room.sleeping_receiver(1, 1, 0);
    let large = room.sleeping_receiver(5, 0, 0);
    assert_eq!(room.send(1, b"12345"), Ok(()));
    let expected = [
        (small, Err(Errno::E2BIG)),
        (smaller, Err(Errno::E2BIG)),
        (large, Ok(1)),
    ];
    assert_eq!(room.received(), expected);
}

#[test]
fn a_message_that_is_too_long_for_all_sleepers_is_queued() {
    let mut room = Room::new();
    let small = room.sleeping_receiver(2, 0, 0);
    assert_eq!(room.send(1, b"12345"), Ok(()));
    assert_eq!(room.received(), [(small, Err(Errno::E2BIG))]);
    assert_eq!(room.types(), [1]);
}

#[test]
fn a_sleeper_with_noerror_gets_what_fits() {
    let mut room = Room::new();
    room.sleeping_receiver(2, 0, MSG_NOERROR);
    assert_eq!(room.send(1, b"12345"), Ok(()));
    let woken = room.kernel.woken();
    let [(_, crate::Ended::Received(Ok(message)))] = &woken[..] else {
        panic!("{woken:?}");
    };
    assert_eq!(message.text, b"12");
}

#[test]
fn a_signal_ends_the_sleep_and_costs_the_place_in_the_list() {
    let mut room = Room::new();
    let one = room.sleeping_receiver(10, 0, 0);
    let two = room.sleeping_receiver(10, 0, 0);
    room.kernel.interrupt(one);
    assert_eq!(room.received(), [(one, Err(Errno::EINTR))]);
    let again = room.kernel.msgrcv(one, room.id, 10, 0, 0);
    assert_eq!(again, Outcome::Asleep);
    assert_eq!(room.receivers(), [two, one]);
}

#[test]
fn removal_wakes_everyone() {
    let mut room = Room::new();
    let one = room.sleeping_receiver(10, 0, 0);
    let two = room.sleeping_receiver(10, 7, 0);
    room.remove();
    let expected = [(one, Err(Errno::EIDRM)), (two, Err(Errno::EIDRM))];
    assert_eq!(room.received(), expected);
}

#[test]
fn who_may_no_longer_read_is_woken_by_the_change() {
    let mut room = Room::new();
    room.change(|settings| settings.mode = 0o604).unwrap();
    let user = room.user(1000);
    let outcome = room.kernel.msgrcv(user, room.id, 10, 0, 0);
    assert_eq!(outcome, Outcome::Asleep);
    let root = room.sleeping_receiver(10, 0, 0);
    room.change(|settings| settings.mode = 0o602).unwrap();
    assert_eq!(room.received(), [(user, Err(Errno::EACCES))]);
    assert_eq!(room.receivers(), [root]);
}

#[test]
fn a_change_that_leaves_them_nothing_puts_the_receivers_to_sleep_again() {
    let mut room = Room::new();
    let one = room.sleeping_receiver(10, 0, 0);
    let two = room.sleeping_receiver(10, 0, 0);
    room.change(|settings| settings.qbytes = 5).unwrap();
    assert_eq!(room.received(), []);
    assert_eq!(room.receivers(), [one, two]);
}

#[test]
fn sleeping_tells_which_call_it_is() {
    let mut room = Room::new();
    let receiver = room.sleeping_receiver(10, -3, MSG_NOERROR);
    let expected = Sleep {
        id: Id(0),
        call: Call::Receive {
            size: 10,
            msgtyp: -3,
            flags: MSG_NOERROR,
        },
    };
    assert_eq!(room.kernel.sleeping(receiver), Some(&expected));
    room.fill(&[1]);
    assert_eq!(room.kernel.sleeping(receiver), None);
}

#[test]
fn a_receiver_that_takes_a_message_after_its_sleep_is_awake_for_the_next_call() {
    let mut room = Room::new();
    let pid = room.kernel.spawn(Credentials::root());
    let id = room.id;
    assert_eq!(room.kernel.msgrcv(pid, id, 10, 0, 0), Outcome::Asleep);
    room.fill(&[1, 2]);
    let next = done(room.kernel.msgrcv(pid, id, 10, 0, 0));
    assert_eq!(next.map(|message| message.mtype), Ok(2));
}
