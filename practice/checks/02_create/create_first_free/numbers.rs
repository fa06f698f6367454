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
        is_new(queue, &[taken]);
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
            goes_on(asked);
            asked.iter().for_each(|(_, queue)| is_new(*queue, &[taken]));
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
        // The last of them: another test has words for a function that tries one number.
        let (_, queue) = ask(room, number + 1499, mode());
        is_new(queue, &taken);
        room.remove(queue.id());
        let asked = call(number, mode());
        assert!(
            asked != Err(Errno::EEXIST),
            "1500 keys in a row are taken, the next is free, and you give up (EEXIST): is there a \
             limit to how often you try?"
        );
        let Ok((key, queue)) = asked else {
            panic!("1500 keys in a row are taken, the next is free, and you return {asked:?}");
        };
        is_new(queue, &taken);
        assert!(
            key.raw() == number + 1500,
            "1500 keys in a row are taken, and the next is free: you return {key}"
        );
        clear(room);
    });
}
