//! Sleeping receivers and what wakes them: R2, R8, R9, X4.

use simulator::{Errno, Outcome};

use crate::{on_a_queue, on_both_with_users};

#[test]
fn sleeping_receiver_takes_the_first_that_matches_not_the_lowest() {
    on_a_queue(|mut kernel, pid, id| {
        let waiting = kernel.root();
        kernel.sleep_receiving(waiting, id, -5, 0);
        kernel.send_types(pid, id, &[9, 4, 1]);
        assert_eq!(kernel.awake(), [(waiting, Ok("b".to_owned()))]);
        assert_eq!(kernel.inside(id), [(9, "a".to_owned()), (1, "c".to_owned())]);
    });
}

#[test]
fn sleeping_receivers_are_served_in_turn() {
    on_a_queue(|mut kernel, pid, id| {
        let (first, second) = (kernel.root(), kernel.root());
        kernel.sleep_receiving(second, id, 0, 0);
        kernel.sleep_receiving(first, id, 0, 0);
        kernel.send_types(pid, id, &[1, 1]);
        let expected = [(second, Ok("a".to_owned())), (first, Ok("b".to_owned()))];
        assert_eq!(kernel.awake(), expected);
    });
}

#[test]
fn sleeper_with_too_small_a_buffer_fails_with_e2big_and_the_next_is_served() {
    on_a_queue(|mut kernel, pid, id| {
        let (small, large) = (kernel.root(), kernel.root());
        assert_eq!(kernel.msgrcv(small, id, 2, 0, 0), Outcome::Asleep);
        kernel.sleep_receiving(large, id, 0, 0);
        assert_eq!(kernel.send(pid, id, 1, "long"), Ok(()));
        let expected = [(small, Err(Errno::E2BIG)), (large, Ok("long".to_owned()))];
        let mut awake = kernel.awake();
        awake.sort_by_key(|(pid, _)| *pid); // they race
        assert_eq!(awake, expected);
    });
}

#[test]
fn interrupted_receiver_has_taken_nothing_and_may_ask_again() {
    on_a_queue(|mut kernel, pid, id| {
        let waiting = kernel.root();
        kernel.sleep_receiving(waiting, id, 0, 0);
        kernel.interrupt(waiting);
        assert_eq!(kernel.awake(), [(waiting, Err(Errno::EINTR))]);
        assert!(!kernel.is_asleep(waiting), "nothing has restarted the call");
        assert_eq!(kernel.send(pid, id, 1, "afterwards"), Ok(()));
        let taken = kernel.take(waiting, id, 0);
        assert_eq!(taken, Ok((1, "afterwards".to_owned())));
    });
}

#[test]
fn message_handed_to_a_sleeper_is_never_in_the_queue() {
    on_a_queue(|mut kernel, pid, id| {
        let waiting = kernel.root();
        kernel.sleep_receiving(waiting, id, 0, 0);
        assert_eq!(kernel.send(pid, id, 1, "hand to hand"), Ok(()));
        let status = kernel.observe(id).expect("it is there");
        assert_eq!((status.qnum, status.cbytes), (0, 0));
        assert_eq!((status.lspid, status.lrpid), (Some(pid), Some(waiting)));
        assert_eq!(kernel.awake(), [(waiting, Ok("hand to hand".to_owned()))]);
    });
}

#[test]
fn only_the_last_sender_and_the_last_receiver_are_known() {
    on_a_queue(|mut kernel, one, id| {
        let two = kernel.root();
        let who = |kernel: &crate::Stage<'_>| {
            let status = kernel.observe(id).expect("it is there");
            (status.lspid, status.lrpid)
        };
        assert_eq!(who(&kernel), (None, None));
        kernel.send(one, id, 1, "").expect("there is room");
        kernel.send(two, id, 1, "").expect("there is room");
        assert_eq!(who(&kernel), (Some(two), None));
        kernel.take(two, id, 0).expect("there are two");
        kernel.take(one, id, 0).expect("there is one");
        assert_eq!(kernel.take(two, id, 0), Err(Errno::ENOMSG));
        assert_eq!(who(&kernel), (Some(two), Some(one)), "who got nothing is not noted");
    });
}

#[test]
fn receiver_woken_by_a_change_looks_again_and_may_fail_with_eacces() {
    on_both_with_users(|mut kernel| {
        let (pid, reader) = (kernel.root(), kernel.user(50));
        let id = kernel.msgget(pid, 0, 0o666).expect("there is room");
        kernel.sleep_receiving(reader, id, 0, 0);
        assert_eq!(kernel.change(pid, id, |_| ()), Ok(()), "nothing is different");
        assert!(kernel.is_asleep(reader));
        assert_eq!(kernel.awake(), []);
        kernel.must_change(pid, id, |settings| settings.mode = 0o600);
        assert_eq!(kernel.awake(), [(reader, Err(Errno::EACCES))]);
    });
}
