use super::Fixture;
use crate::{IPC_PRIVATE, Id};

fn make(fixture: &mut Fixture) -> i32 {
    let made = fixture.kernel.msgget(fixture.root, IPC_PRIVATE, 0o600);
    made.expect("there is room for a queue").0
}

#[test]
fn cycle_is_half_as_long_again_as_there_are_queues() {
    let mut fixture = Fixture::new();
    let last = (1..100).map(|_| make(&mut fixture)).last();
    assert_eq!(last, Some(99));
    // The table grows with the queues, so the turn starts again only when some have gone.
    for slot in 10..60 {
        fixture.kernel.remove(fixture.root, Id(slot)).unwrap();
    }
    assert_eq!(make(&mut fixture), 1 << 15 | 10);
}

#[test]
fn cycle_with_50_queues_has_75_slots() {
    let mut fixture = Fixture::new();
    for _ in 1..50 {
        make(&mut fixture);
    }
    let mut highest = 0;
    loop {
        let made = make(&mut fixture);
        fixture.kernel.remove(fixture.root, Id(made)).unwrap();
        if made >= 1 << 15 {
            break assert_eq!((highest, made), (74, 1 << 15 | 50));
        }
        highest = made;
    }
}
