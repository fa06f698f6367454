use super::*;
use practice::{edges, yours};
use std::collections::HashMap;

const FRESH: u64 = 0x5eed;

/// Numbers at their edges, and those that look like two others one after the other.
const NUMBERS: [u64; 15] = [
    0,
    1,
    2,
    10,
    11,
    12,
    23,
    111,
    123,
    1_000_000,
    u32::MAX as u64,
    1 << 32,
    (1 << 32) + 1,
    u64::MAX - 1,
    u64::MAX,
];

#[track_caller]
fn asked(epoch: u64, number: u64, bytes: &[u8]) -> String {
    let place = Place { epoch, number };
    yours(format!("{place:?}"), || id(place, bytes))
}

#[test]
fn two_messages_have_two_ids() {
    let first = asked(FRESH, 1, b"yes");
    let second = asked(FRESH, 2, b"yes");
    assert!(
        first != second,
        "two messages with the same bytes, `yes`, have the numbers 1 and 2, and you call both {first:?}: the \
         stream drops the second"
    );
    let other = asked(FRESH + 1, 1, b"yes");
    assert!(
        first != other,
        "the journal was lost and a new epoch has begun: number 1 of it is another message than number 1 of the \
         old one, and you call both {first:?}"
    );
    let mut known: HashMap<String, (u64, u64)> = HashMap::new();
    for epoch in NUMBERS {
        for number in NUMBERS {
            let id = asked(epoch, number, b"yes");
            if let Some((other, same)) = known.insert(id.clone(), (epoch, number)) {
                panic!(
                    "number {same} of epoch {other} and number {number} of epoch {epoch} are two messages, and \
                     you call both {id:?}"
                );
            }
        }
    }
}

#[test]
fn repetition_keeps_its_id() {
    let due = asked(FRESH, 7, b"hello");
    for _ in 0..20 {
        let again = asked(FRESH, 7, b"hello");
        assert!(
            again == due,
            "the same message is published once more, and you call it {due:?} first and then {again:?}: the \
             stream stores it twice"
        );
    }
    let elsewhere = std::thread::spawn(move || asked(FRESH, 7, b"hello")).join();
    assert!(
        elsewhere.is_ok_and(|id| id == due),
        "another thread, as another program would, calls the same message something else than {due:?}"
    );
}

#[test]
fn id_is_plain() {
    for (what, bytes) in edges::bytes() {
        for (epoch, number) in [(FRESH, 1), (0, 0), (u64::MAX, u64::MAX)] {
            let id = asked(epoch, number, &bytes);
            let foreign =
                id.chars().find(|letter| !letter.is_ascii_alphanumeric() && *letter != '-');
            assert!(
                foreign.is_none(),
                "the ID {id:?} has a character that may not be in one: {:?}",
                foreign.unwrap_or_default()
            );
            assert!(
                (1..=64).contains(&id.len()),
                "an ID has 1 to 64 characters, and for a message with {what} yours has {}",
                id.len()
            );
        }
    }
}

#[test]
fn numbers_go_on() {
    let ask = |last| yours(format!("{last:?}"), || next(last, FRESH));
    let first = ask(None);
    assert!(
        first == Place { epoch: FRESH, number: 1 },
        "there is no journal, so this is number 1 of a fresh epoch, {FRESH}, and you say {first:?}"
    );
    for epoch in [0, 1, FRESH, FRESH + 1, u64::MAX] {
        for number in [1, 2, 41, u64::from(u32::MAX), u64::MAX - 2, u64::MAX - 1] {
            let last = Place { epoch, number };
            let next = ask(Some(last));
            assert!(
                next.number != number,
                "the last one was {last:?}, and you give its number again: {next:?}"
            );
            assert!(
                next.epoch == epoch,
                "the last one was {last:?}, and you begin another epoch, {next:?}: the bridge was started anew, \
                 and the journal was not lost"
            );
            assert!(
                next.number == number + 1,
                "the last one was {last:?}, and the next number is {}; yours is {}",
                number + 1,
                next.number
            );
        }
        let last = Place { epoch, number: u64::MAX };
        let next = ask(Some(last));
        assert!(
            next == Place { epoch: FRESH, number: 1 },
            "the last one was {last:?}, after which there is no number: a fresh epoch begins, {FRESH}, and you \
             say {next:?}"
        );
    }
}
