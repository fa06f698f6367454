use super::Fixture;
use crate::{Call, Credentials, Errno, Id, MSG_EXCEPT, MSG_NOERROR, Outcome, Sleep};

#[test]
fn message_goes_to_the_first_receiver_that_wants_it_and_is_never_queued() {
    let mut fixture = Fixture::new();
    let two = fixture.sleeping_receiver(10, 2, 0);
    let any = fixture.sleeping_receiver(10, 0, 0);
    let late = fixture.sleeping_receiver(10, 0, 0);
    fixture.fill(&[1]);
    assert_eq!(fixture.received(), [(any, Ok(1))]);
    assert_eq!(fixture.receivers(), [two, late]);
    let status = fixture.status();
    assert_eq!((status.qnum, status.lrpid), (0, Some(any)));
}

#[test]
fn receivers_that_want_another_type_sleep_on() {
    let mut fixture = Fixture::new();
    fixture.sleeping_receiver(10, 2, 0);
    fixture.sleeping_receiver(10, -3, 0);
    fixture.sleeping_receiver(10, 4, MSG_EXCEPT);
    fixture.fill(&[4]);
    assert_eq!(fixture.received(), []);
    assert_eq!(fixture.types(), [4]);
}

#[test]
fn receivers_with_too_small_a_buffer_fail_with_e2big_until_one_fits() {
    let mut fixture = Fixture::new();
    let small = fixture.sleeping_receiver(2, 0, 0);
    let smaller = fixture.sleeping_receiver(1, 1, 0);
    let large = fixture.sleeping_receiver(5, 0, 0);
    assert_eq!(fixture.send(1, b"12345"), Ok(()));
    let expected = [(small, Err(Errno::E2BIG)), (smaller, Err(Errno::E2BIG)), (large, Ok(1))];
    assert_eq!(fixture.received(), expected);
}

#[test]
fn message_too_long_for_every_sleeper_is_queued() {
    let mut fixture = Fixture::new();
    let small = fixture.sleeping_receiver(2, 0, 0);
    assert_eq!(fixture.send(1, b"12345"), Ok(()));
    assert_eq!(fixture.received(), [(small, Err(Errno::E2BIG))]);
    assert_eq!(fixture.types(), [1]);
}

#[test]
fn sleeper_with_noerror_gets_the_message_truncated() {
    let mut fixture = Fixture::new();
    fixture.sleeping_receiver(2, 0, MSG_NOERROR);
    assert_eq!(fixture.send(1, b"12345"), Ok(()));
    let woken = fixture.kernel.woken();
    let [(_, crate::Ended::Received(Ok(message)))] = &woken[..] else {
        panic!("{woken:?}");
    };
    assert_eq!(message.text, b"12");
}

#[test]
fn interrupted_receiver_loses_its_place_in_the_list() {
    let mut fixture = Fixture::new();
    let one = fixture.sleeping_receiver(10, 0, 0);
    let two = fixture.sleeping_receiver(10, 0, 0);
    fixture.kernel.interrupt(one);
    assert_eq!(fixture.received(), [(one, Err(Errno::EINTR))]);
    let again = fixture.kernel.msgrcv(one, fixture.id, 10, 0, 0);
    assert_eq!(again, Outcome::Asleep);
    assert_eq!(fixture.receivers(), [two, one]);
}

#[test]
fn receivers_woken_by_a_change_sleep_again_in_the_same_order() {
    let mut fixture = Fixture::new();
    let one = fixture.sleeping_receiver(10, 0, 0);
    let two = fixture.sleeping_receiver(10, 0, 0);
    fixture.change(|settings| settings.qbytes = 5).unwrap();
    assert_eq!(fixture.received(), []);
    assert_eq!(fixture.receivers(), [one, two]);
}

#[test]
fn sleeping_returns_the_call_with_its_arguments() {
    let mut fixture = Fixture::new();
    let receiver = fixture.sleeping_receiver(10, -3, MSG_NOERROR);
    let expected =
        Sleep { id: Id(0), call: Call::Receive { size: 10, msgtyp: -3, flags: MSG_NOERROR } };
    assert_eq!(fixture.kernel.sleeping(receiver), Some(&expected));
    fixture.fill(&[1]);
    assert_eq!(fixture.kernel.sleeping(receiver), None);
}

#[test]
fn receiver_is_awake_for_the_next_call_after_its_sleep() {
    let mut fixture = Fixture::new();
    let pid = fixture.kernel.spawn(Credentials::root());
    let id = fixture.id;
    assert_eq!(fixture.kernel.msgrcv(pid, id, 10, 0, 0), Outcome::Asleep);
    fixture.fill(&[1, 2]);
    let next = fixture.kernel.msgrcv(pid, id, 10, 0, 0).done();
    assert_eq!(next.map(|message| message.mtype), Ok(2));
}
