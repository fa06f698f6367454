//! The other process does all that it wants, between any two accesses.

use super::*;

fn take_all(ring: &Ring) {
    while let Some(message) = take(ring) {
        ring.by_other.borrow_mut().push(message);
        assert!(ring.by_other.borrow().len() < 20, "there is no end to what comes out");
    }
}

fn fill(ring: &Ring) {
    for message in 101..=109 {
        if put(ring, message) {
            ring.by_other.borrow_mut().push(message);
        }
    }
}

#[test]
fn receiver_in_the_middle_of_a_put_finds_whole_messages() {
    if !is_right_alone() {
        return;
    }
    for first in FIRST {
        for before in [&[][..], &[1], &[1, 2, 3], &[1, 2, 3, 4]] {
            for nth in 1..=ACCESSES {
                let ring = Ring::with(first, before);
                ring.other.replace(Some((nth, take_all)));
                let done = ring.put(42);
                // It has fewer accesses.
                if ring.other.take().is_some() {
                    break;
                }
                let mut taken = ring.by_other.take();
                assert!(
                    !taken.contains(&GARBAGE),
                    "before access {nth} of `put` the other process takes all out that is there, and gets \
                     {taken:?}: what was in the slot before, and not the message"
                );
                ring.begin_anew();
                taken.extend((0..9).map_while(|_| ring.take()));
                let mut due = before.to_vec();
                due.extend(done.then_some(42));
                assert!(
                    taken == due,
                    "{before:?} were in the ring; before access {nth} of `put(42)`, which returns {done}, the \
                     other process takes all out. With what is there afterwards it is {taken:?}, and not \
                     {due:?}"
                );
                assert!(
                    done || before.len() == 4,
                    "{before:?} were in the ring, the other process takes all out before access {nth} of `put`, \
                     and you say that it is full"
                );
            }
        }
    }
}

#[test]
fn sender_in_the_middle_of_a_take_overwrites_nothing() {
    if !is_right_alone() {
        return;
    }
    for first in FIRST {
        for before in [&[][..], &[1], &[1, 2, 3], &[1, 2, 3, 4]] {
            for nth in 1..=ACCESSES {
                let ring = Ring::with(first, before);
                ring.other.replace(Some((nth, fill)));
                let taken = ring.take();
                // It has fewer accesses.
                if ring.other.take().is_some() {
                    break;
                }
                ring.begin_anew();
                let sent = ring.by_other.take();
                let oldest = before.first();
                assert!(
                    oldest.is_none() || taken.as_ref() == oldest,
                    "{before:?} were in the ring, and before access {nth} of `take` the other process puts \
                     {sent:?} in; you return {taken:?}, and not the oldest: its slot was free too early"
                );
                let due: Vec<u64> = before.iter().copied().chain(sent).collect();
                let mut all: Vec<u64> = taken.into_iter().collect();
                all.extend((0..9).map_while(|_| ring.take()));
                assert!(
                    all == due,
                    "{before:?} were in the ring, and before access {nth} of `take` the other process puts \
                     more in, {due:?} in all; {all:?} come out"
                );
            }
        }
    }
}
