//! Errors, at the first look, later, and at the last one.

use super::*;
use nix::errno::Errno;
use practice::errnos;

#[test]
fn error_ends_it_whenever_it_comes() {
    // ENOMSG is `None` to a mailbox, and E2BIG makes it grow.
    for errno in errnos::but(&errnos::RECEIVE, &[Errno::ENOMSG, Errno::E2BIG]) {
        for nth in [1, 2, 9] {
            let mut world = World { fails: Some((nth, errno)), ..World::default() };
            let (taken, _) = world.ask(Duration::from_millis(20), "an error of msgrcv");
            let looks = world.looks.take().len();
            // Another test has words for a function that looks once.
            if looks < nth {
                continue;
            }
            assert!(
                taken.is_err() && looks == nth,
                "look {nth} failed with {errno:?}, and you go on as if there were no message, and return \
                 {taken:?} after look {looks}"
            );
            assert!(
                taken == Err(errno),
                "look {nth} failed with {errno:?}, and you return {taken:?}: hand it on as it is"
            );
        }
    }
    for errno in errnos::but(&errnos::RECEIVE, &[Errno::ENOMSG, Errno::E2BIG]) {
        let mut world = World { fails: Some((2, errno)), ..World::default() };
        let (taken, _) = world.ask(MICROSECOND, "an error of msgrcv");
        assert!(
            taken == Err(errno) || world.looks.take().len() < 2,
            "the last look failed with {errno:?}, and you return {taken:?}: an error is not \"no message\""
        );
    }
}
