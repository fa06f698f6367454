//! Which message: R1 and R3.

use simulator::{Errno, MSG_EXCEPT};

use crate::on_both;

/// What each way to ask gets out of a queue with messages of these types, lettered a, b, c, ...
fn gets(types: &'static [i64], asked: &'static [(i64, i32, Result<&str, Errno>)]) {
    on_both(|mut kernel| {
        let pid = kernel.root();
        for (wanted, flags, expected) in asked {
            let id = kernel.queue(pid);
            kernel.send_types(pid, id, types);
            let taken = kernel.take_with(pid, id, 1, *wanted, *flags);
            let text = taken.as_ref().map(|(_, text)| text.as_str());
            assert_eq!(text.map_err(|errno| *errno), *expected, "{wanted} {flags:o}");
        }
    });
}

#[test]
fn type_0_gets_the_oldest() {
    gets(&[3, 1, 2], &[(0, 0, Ok("a"))]);
    gets(&[], &[(0, 0, Err(Errno::ENOMSG))]);
}

#[test]
fn positive_type_gets_the_oldest_of_that_type() {
    gets(&[3, 1, 2, 1], &[(1, 0, Ok("b")), (2, 0, Ok("c")), (4, 0, Err(Errno::ENOMSG))]);
}

#[test]
fn negative_type_gets_the_lowest_and_of_that_the_oldest() {
    gets(&[4, 3, 2, 1], &[(-2, 0, Ok("d")), (-4, 0, Ok("d")), (-1, 0, Ok("d"))]);
    gets(
        &[5, 3, 4, 3],
        &[(-4, 0, Ok("b")), (-9, 0, Ok("b")), (-2, 0, Err(Errno::ENOMSG)), (i64::MIN, 0, Ok("b"))],
    );
}

#[test]
fn except_gets_the_oldest_of_any_other_type() {
    gets(
        &[2, 2, 1, 3],
        &[(2, MSG_EXCEPT, Ok("c")), (1, MSG_EXCEPT, Ok("a")), (9, MSG_EXCEPT, Ok("a"))],
    );
    gets(&[2, 2], &[(2, MSG_EXCEPT, Err(Errno::ENOMSG))]);
}

#[test]
fn except_is_ignored_with_0_and_below() {
    gets(&[4, 3, 2, 1], &[(0, MSG_EXCEPT, Ok("a")), (-2, MSG_EXCEPT, Ok("d"))]);
}
