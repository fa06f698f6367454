//! A failure at each call of `msgctl`, on the way from a queue that was found to an open door.

use super::attempts::vanishing;
use super::*;
use practice::{Call, failing};
use support::caught;

/// More calls than looking at a queue and opening its door take.
const CALLS: usize = 6;

/// What `msgctl` says of a queue that has vanished.
const VANISHED: [Errno; 2] = [Errno::EINVAL, Errno::EIDRM];

/// What your start says of a queue with a message behind a shut door when this call of `msgctl`
/// fails, once, and the capacity afterwards. `None` if there is no such call.
fn with_failure(room: &Room, nth: usize, errno: Errno) -> Option<(nix::Result<Mailbox>, usize)> {
    let place = Busy::new(room);
    let queue = place.left_behind(&["one"], 0);
    let is_control = |call| matches!(call, Call::Control(..));
    let started = caught(|| failing(is_control, nth, errno, || start(&place.key)));
    let capacity = Status::of(queue).map_or(0, |status| status.capacity);
    place.clear();
    match started {
        Ok(started) => started.map(|started| (started, capacity)),
        Err(said) => panic!("msgctl has failed ({errno}), and your start panics: {said}"),
    }
}

#[test]
fn queue_may_vanish_at_each_step() {
    alone(|room| {
        // Other tests tell about a queue that vanishes before it is looked at.
        if !counts_one(room) || vanishing(room, 2, true).0.is_err() {
            return;
        }
        for nth in 2..=CALLS {
            for errno in VANISHED {
                let Some((started, capacity)) = with_failure(room, nth, errno) else { return };
                assert!(
                    started.as_ref().is_ok_and(|mailbox| mailbox.waiting == 1),
                    "the queue had been found and looked at, and vanished ({errno}) before its door was open; you give \
                     up ({started:?}): that is half-way too, so begin anew"
                );
                assert!(
                    capacity == CAPACITY,
                    "the queue had been found, and vanished ({errno}) before its door was open; the next one's door is \
                     shut, and stays so: either you do not look whether a door could be opened, or you open one in the \
                     first attempt only"
                );
            }
        }
    });
}

#[test]
fn other_error_of_each_step_is_returned() {
    alone(|room| {
        if !counts_one(room) {
            return;
        }
        // Of EACCES `set_capacity` makes something itself, and other tests ask for it.
        let meant = [Errno::EINVAL, Errno::EIDRM, Errno::EACCES];
        for (nth, errno) in errnos::at_steps(CALLS, &errnos::CONTROL, &meant) {
            let Some((started, _)) = with_failure(room, nth, errno) else { return };
            let failed = format!(
                "the queue was found, and call {nth} of msgctl, which looks at it or opens its door, has failed \
                     ({errno})"
            );
            if let Ok(mailbox) = started {
                panic!(
                    "{failed}, and you return {mailbox:?} as if it had not: look at each Result"
                );
            }
            assert!(
                started == Err(errno),
                "{failed}, and you say {started:?}: an error that does not mean that the queue has vanished is \
                     returned as it is, at once"
            );
        }
    });
}
