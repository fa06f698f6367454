use super::Fixture;
use crate::Outcome;

#[test]
fn sender_woken_too_late_goes_to_the_end_of_the_list() {
    let mut fixture = Fixture::holding(10);
    fixture.send(1, b"1234567890").unwrap();
    let senders = [6, 6, 6].map(|size| fixture.sleeping_sender(2, size));
    assert_eq!(fixture.senders(), senders);
    // Each of them fits now, so all three are woken, and there is room for one.
    fixture.receive(0, 0).unwrap();
    assert_eq!(fixture.sent(), [(senders[0], Ok(()))]);
    assert_eq!(fixture.senders(), [senders[1], senders[2]]);
}

#[test]
fn sender_that_does_not_fit_comes_after_those_that_were_woken() {
    let mut fixture = Fixture::holding(10);
    fixture.send(1, b"12345").unwrap();
    fixture.send(1, b"12345").unwrap();
    let long = fixture.sleeping_sender(2, 8);
    let one = fixture.sleeping_sender(2, 4);
    let two = fixture.sleeping_sender(2, 4);
    fixture.receive(0, 0).unwrap();
    assert_eq!(fixture.sent(), [(one, Ok(()))]);
    assert_eq!(fixture.senders(), [long, two]);
}

#[test]
fn woken_sender_hands_its_message_over() {
    let mut fixture = Fixture::holding(1);
    let receiver = fixture.sleeping_receiver(10, 2, 0);
    fixture.fill(&[1]);
    let sender = fixture.sleeping_sender(2, 0);
    fixture.receive(1, 0).unwrap();
    let woken = fixture.kernel.woken().into_iter().map(|(pid, _)| pid);
    assert!(woken.eq([sender, receiver]));
    assert_eq!(fixture.types(), []);
}

#[test]
fn more_capacity_wakes_senders_and_less_does_not() {
    let mut fixture = Fixture::holding(1);
    fixture.fill(&[1]);
    let sender = fixture.sleeping_sender(2, 5);
    fixture.change(|settings| settings.qbytes = 0).unwrap();
    assert_eq!(fixture.senders(), [sender]);
    fixture.change(|settings| settings.qbytes = 5).unwrap();
    assert_eq!(fixture.sent(), [(sender, Ok(()))]);
}

#[test]
fn signal_does_nothing_to_a_process_that_is_awake() {
    let mut fixture = Fixture::holding(0);
    let pid = fixture.another();
    fixture.kernel.interrupt(pid);
    let outcome = fixture.kernel.msgsnd(pid, fixture.id, 1, b"", 0);
    assert_eq!(outcome, Outcome::Asleep);
    assert_eq!(fixture.sent(), []);
}
