//! Which number is the next one.

use super::*;
use nix::errno::Errno;
use practice::edges::NUMBERS;
use practice::{Worker, in_namespace, until};

#[test]
fn zero_is_passed_over() {
    // Somebody may use the keys -1 and 1.
    in_namespace(|room| {
        let taken = take(room, -1, mode());
        let (key, queue) = ask(room, -1, mode());
        assert!(queue != taken, "you share the queue that somebody else has made");
        assert!(
            key.raw() == 1,
            "-1 is taken and 0 is not a key: 1 is the next, and you return {key}"
        );
        clear(room);
    });
}

#[test]
fn numbers_go_round() {
    // Somebody may use such a key.
    in_namespace(|room| {
        for number in NUMBERS.into_iter().filter(|number| *number != 0) {
            let taken = take(room, number, mode());
            let next = match number.wrapping_add(1) {
                0 => 1,
                next => next,
            };
            let worker = Worker::start(move || support::caught(|| call(number, mode())));
            until(
                "your function to return when the largest number is taken: does yours ever come to \
                 the smallest?",
                || worker.has_ended(),
            );
            let asked = match worker.result() {
                Some(Ok(asked)) => asked,
                said => panic!(
                    "after the largest number comes the smallest, as the kernel compares bits: {}",
                    said.and_then(Result::err).unwrap_or_default()
                ),
            };
            assert!(
                asked != Err(Errno::EEXIST),
                "the first key is taken, and you give up (EEXIST): that is the one error after \
                 which the next number is tried, however often"
            );
            assert!(
                !matches!(asked, Ok((_, queue)) if queue == taken),
                "you share the queue that somebody else has made"
            );
            let right = matches!(asked, Ok((key, _)) if key.raw() == next);
            assert!(
                right,
                "{number} is taken, and the next key is {next}: 1 more; after the largest number comes \
                 the smallest, as the kernel compares bits. You return {asked:?}"
            );
            clear(room);
        }
    });
}

#[test]
fn many_taken_keys_are_passed_over() {
    in_namespace(|room| {
        let number = far_away(room);
        let taken: Vec<_> = (0..1500).map(|more| take(room, number + more, mode())).collect();
        let (key, queue) = ask(room, number, mode());
        assert!(!taken.contains(&queue), "you share the queue that somebody else has made");
        assert!(
            key.raw() == number + 1500,
            "1500 keys in a row are taken, and the next is free: you return {key}"
        );
        clear(room);
    });
}
