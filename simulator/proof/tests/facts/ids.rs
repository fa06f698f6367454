//! Which queue has which id: C4.

use simulator::{Errno, Id, Limits, Settings};

use crate::stage::Stage;
use crate::{on_both, on_both_with};

/// The ids of so many queues, each of which is removed before the next one is made.
fn one_after_another(kernel: &mut Stage<'_>, count: usize) -> Vec<i32> {
    let pid = kernel.root();
    let mut one = || {
        let id = kernel.queue(pid);
        assert_eq!(kernel.remove(pid, id), Ok(()));
        id.0
    };
    (0..count).map(|_| one()).collect()
}

#[test]
fn slots_go_round_and_each_round_has_its_sequence_number() {
    on_both(|mut kernel| {
        let expected = (0..200).map(|n| (n / 64) << 15 | (n % 64));
        assert_eq!(one_after_another(&mut kernel, 200), expected.collect::<Vec<_>>());
    });
}

#[test]
fn slots_go_further_while_many_queues_are_there() {
    on_both(|mut kernel| {
        let pid = kernel.root();
        for n in 0..100 {
            assert_eq!(kernel.queue(pid), Id(n));
        }
        // Half as many slots again as there are queues, the new one not counted.
        let expected = (0..50).map(|n| 100 + n).chain((0..50).map(|n| 1 << 15 | (100 + n)));
        assert_eq!(one_after_another(&mut kernel, 100), expected.collect::<Vec<_>>());
    });
}

#[test]
fn only_free_slot_is_given_again_with_the_next_number() {
    const SLOTS: u32 = 1 << 15;
    let all = Limits { msgmni: SLOTS, ..Limits::default() };
    on_both_with(all, |mut kernel| {
        let pid = kernel.root();
        for n in 0..SLOTS as i32 {
            assert_eq!(kernel.queue(pid), Id(n));
        }
        let last = Id(SLOTS as i32 - 1);
        for round in 1..=2 {
            let before = kernel.ids()[last.0 as usize];
            assert_eq!(kernel.remove(pid, before), Ok(()));
            assert_eq!(kernel.queue(pid), Id(round << 15 | last.0));
        }
    });
}

#[test]
fn stale_id_fails_with_einval() {
    on_both(|mut kernel| {
        let pid = kernel.root();
        let stale = kernel.queue(pid);
        let settings = Settings::from(&kernel.stat(pid, stale).expect("root may"));
        kernel.remove(pid, stale).expect("it is ours");
        // The next one in the same slot has another id.
        let ids = one_after_another(&mut kernel, 64);
        assert_eq!(ids[63], 1 << 15 | stale.0);
        for id in [stale, Id(-1), Id(i32::MAX)] {
            assert_eq!(kernel.send(pid, id, 1, ""), Err(Errno::EINVAL));
            assert_eq!(kernel.take(pid, id, 0), Err(Errno::EINVAL));
            assert_eq!(kernel.stat(pid, id), Err(Errno::EINVAL));
            assert_eq!(kernel.set(pid, id, settings), Err(Errno::EINVAL));
            assert_eq!(kernel.remove(pid, id), Err(Errno::EINVAL));
        }
    });
}

/// Only the kernel is asked here: the model is asked in its own tests, where it can begin at the
/// end.
#[test]
fn ids_come_back_after_65535_rounds() {
    // An id has 31 bits, 15 of them for the slot. The last number of the other 16 is left out.
    const ROUNDS: usize = 65_535;
    // With so many queues there, a round is the other 21 of the 64 slots: a third of the work.
    const THERE: usize = 43;
    // SAFETY: msgget takes two numbers and touches no memory of ours.
    let queue = || unsafe { libc::msgget(libc::IPC_PRIVATE, 0o600) };
    support::in_namespace(|room| {
        (0..THERE).for_each(|_| assert!(queue() >= 0));
        let ids = (0..=ROUNDS * (64 - THERE)).map(|_| {
            let id = queue();
            room.remove(id);
            id
        });
        let ids: Vec<_> = ids.collect();
        let [first, between @ .., before, last] = &ids[..] else {
            panic!("there are more than two");
        };
        assert_eq!(first, last);
        assert_eq!(*before, 65_534 << 15 | 63);
        assert!(!between.contains(first));
        for queue in room.queues() {
            room.remove(queue.msqid);
        }
    });
}
