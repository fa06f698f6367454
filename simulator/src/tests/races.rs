//! What may happen where several were woken and one of them has to be first.

use super::Fixture;
use crate::Errno;

#[test]
fn woken_processes_of_a_paused_kernel_run_one_at_a_time() {
    let mut fixture = Fixture::holding(10);
    fixture.send(1, b"1234567890").unwrap();
    let one = fixture.sleeping_sender(2, 6);
    let two = fixture.sleeping_sender(3, 6);
    fixture.kernel.pause();
    fixture.receive(0, 0).unwrap();
    assert_eq!(fixture.kernel.runnable(), [one, two]);
    assert_eq!(fixture.kernel.woken(), []);

    fixture.kernel.run(two);
    fixture.kernel.run(one);
    assert_eq!(fixture.sent(), [(two, Ok(()))]);
    assert_eq!(fixture.types(), [3]);
    assert_eq!(fixture.senders(), [one]);
}

#[test]
fn receivers_woken_by_a_change_queue_up_as_they_run() {
    let mut fixture = Fixture::new();
    let one = fixture.sleeping_receiver(10, 0, 0);
    let two = fixture.sleeping_receiver(10, 0, 0);
    fixture.kernel.pause();
    fixture.change(|settings| settings.qbytes = 5).unwrap();
    // Each leaves the list, gives the lock back, and looks again.
    for pid in [two, two, one, one] {
        fixture.kernel.run(pid);
    }
    assert_eq!(fixture.receivers(), [two, one]);
}

#[test]
fn receiver_between_the_list_and_the_look_finds_what_was_queued_meanwhile() {
    let mut fixture = Fixture::holding(1);
    let receiver = fixture.sleeping_receiver(10, 2, 0);
    fixture.fill(&[1]);
    let sender = fixture.sleeping_sender(2, 0);
    fixture.kernel.pause();
    fixture.change(|settings| settings.qbytes = 2).unwrap();
    for pid in [receiver, sender] {
        fixture.kernel.run(pid);
    }
    assert_eq!(fixture.types(), [1, 2]);
    fixture.kernel.run(receiver);
    assert_eq!(fixture.types(), [1]);
}

#[test]
#[should_panic(expected = "have yet to run")]
fn call_before_all_have_run_panics() {
    let mut fixture = Fixture::holding(0);
    let sender = fixture.sleeping_sender(1, 0);
    fixture.kernel.pause();
    fixture.kernel.interrupt(sender);
    let _ = fixture.kernel.stat(fixture.root, fixture.id);
}

#[test]
#[should_panic(expected = "was not woken")]
fn process_that_was_not_woken_cannot_run() {
    let mut fixture = Fixture::holding(0);
    let sender = fixture.sleeping_sender(1, 0);
    fixture.kernel.run(sender);
}

#[test]
fn sleeper_with_a_signal_and_a_removal_fails_with_eidrm() {
    let mut fixture = Fixture::new();
    let receiver = fixture.sleeping_receiver(10, 0, 0);
    fixture.kernel.pause();
    fixture.remove();
    fixture.kernel.interrupt(receiver);
    fixture.kernel.run(receiver);
    assert_eq!(fixture.received(), [(receiver, Err(Errno::EIDRM))]);
}
