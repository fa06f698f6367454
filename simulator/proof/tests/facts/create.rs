//! Creating: C1 to C4 and C6.

use simulator::{Errno, IPC_CREAT, IPC_EXCL, Id, Limits};

use crate::stage::{Stage, done};
use crate::{on_both, on_both_with};

const KEY: i32 = 1234;

#[test]
fn creating_exclusively_is_refused_where_there_is_a_queue() {
    on_both(|mut kernel| {
        let pid = kernel.root();
        assert_eq!(kernel.msgget(pid, KEY, 0o600), Err(Errno::ENOENT));
        let only_once = IPC_CREAT | IPC_EXCL | 0o600;
        let id = kernel
            .msgget(pid, KEY, only_once)
            .expect("the key is unused");
        assert_eq!(kernel.msgget(pid, KEY, only_once), Err(Errno::EEXIST));
        assert_eq!(kernel.msgget(pid, KEY, IPC_CREAT | 0o600), Ok(id));
        assert_eq!(kernel.msgget(pid, KEY, 0o600), Ok(id));
    });
}

#[test]
fn excl_without_creat_is_ignored() {
    on_both(|mut kernel| {
        let pid = kernel.root();
        assert_eq!(kernel.msgget(pid, KEY, IPC_EXCL), Err(Errno::ENOENT));
        let id = kernel
            .msgget(pid, KEY, IPC_CREAT | 0o600)
            .expect("the key is unused");
        assert_eq!(kernel.msgget(pid, KEY, IPC_EXCL), Ok(id));
    });
}

#[test]
fn first_queue_has_id_0_and_anybody_can_use_the_number() {
    on_both(|mut kernel| {
        let (maker, other) = (kernel.root(), kernel.root());
        assert_eq!(kernel.queue(maker), Id(0));
        assert_eq!(kernel.send(other, Id(0), 1, "hello"), Ok(()));
        assert_eq!(kernel.fill(Id(0)), (1, 5));
    });
}

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
        assert_eq!(
            one_after_another(&mut kernel, 200),
            expected.collect::<Vec<_>>()
        );
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
        let expected = (0..50)
            .map(|n| 100 + n)
            .chain((0..50).map(|n| 1 << 15 | (100 + n)));
        assert_eq!(
            one_after_another(&mut kernel, 100),
            expected.collect::<Vec<_>>()
        );
    });
}

#[test]
fn only_free_slot_is_given_again_with_the_next_number() {
    const SLOTS: u32 = 1 << 15;
    let all = Limits {
        msgmni: SLOTS,
        ..Limits::default()
    };
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
fn stale_id_names_no_queue() {
    on_both(|mut kernel| {
        let pid = kernel.root();
        let stale = kernel.queue(pid);
        kernel.remove(pid, stale).expect("it is ours");
        // The next one in the same slot has another id.
        let ids = one_after_another(&mut kernel, 64);
        assert_eq!(ids[63], 1 << 15 | stale.0);
        for id in [stale, Id(-1), Id(i32::MAX)] {
            assert_eq!(kernel.send(pid, id, 1, ""), Err(Errno::EINVAL));
            assert_eq!(kernel.take(pid, id, 0), Err(Errno::EINVAL));
            assert_eq!(kernel.stat(pid, id), Err(Errno::EINVAL));
            assert_eq!(kernel.remove(pid, id), Err(Errno::EINVAL));
        }
    });
}

/// Only the kernel is asked here: the model is asked in its own tests, where it can begin at the end.
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

#[test]
fn mode_is_kept_as_it_is_given_and_nothing_above_it() {
    on_both(|mut kernel| {
        let pid = kernel.root();
        let mut mode_of = |flags| {
            let id = kernel.msgget(pid, 0, flags).expect("there is room");
            kernel.stat(pid, id).expect("root may").mode
        };
        assert_eq!(
            mode_of(0o666),
            0o666,
            "a umask would have taken the 022 away"
        );
        assert_eq!(mode_of(0), 0);
        assert_eq!(mode_of(0o777), 0o777, "x bits are kept, for nothing");
    });
}

#[test]
fn one_queue_too_many_is_no_space() {
    let two = Limits {
        msgmni: 2,
        ..Limits::default()
    };
    on_both_with(two, |mut kernel| {
        let pid = kernel.root();
        let first = kernel.queue(pid);
        let _second = kernel.queue(pid);
        assert_eq!(kernel.msgget(pid, 0, 0o600), Err(Errno::ENOSPC));
        assert_eq!(kernel.msgget(pid, KEY, IPC_CREAT), Err(Errno::ENOSPC));
        assert_eq!(kernel.msgget(pid, KEY, 0), Err(Errno::ENOENT));
        assert_eq!(kernel.remove(pid, first), Ok(()));
        assert!(kernel.msgget(pid, 0, 0o600).is_ok());
    });
}

#[test]
fn capacity_is_what_msgmnb_was_when_the_queue_was_made() {
    on_both(|mut kernel| {
        let pid = kernel.root();
        let before = kernel.queue(pid);
        let less = Limits {
            msgmnb: 100,
            msgmax: 50,
            ..Limits::default()
        };
        kernel.set_limits(less);
        let after = kernel.queue(pid);
        let mut capacity = |id| kernel.stat(pid, id).map(|status| status.qbytes);
        assert_eq!((capacity(before), capacity(after)), (Ok(16_384), Ok(100)));
        // The limit on a message counts from now on, for every queue.
        let sent = kernel.msgsnd(pid, before, 1, &[0; 51], 0);
        assert_eq!(done(sent), Err(Errno::EINVAL));
    });
}
