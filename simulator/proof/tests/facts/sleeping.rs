//! Sleepers and what wakes them: S2, S5, R2, R8, R9, X4.

use simulator::{Errno, Outcome};

use crate::stage::{ROOM, done};
use crate::{bytes, on_both, on_both_with, on_both_with_users};

fn sent() -> Result<String, Errno> {
    Ok("sent".to_owned())
}

#[test]
fn full_queue_puts_to_sleep_until_there_is_room_a_signal_or_no_queue() {
    on_both_with(bytes(10, 10), |mut kernel| {
        let (pid, sender) = (kernel.root(), kernel.root());
        let id = kernel.queue(pid);
        assert_eq!(kernel.send_bytes(pid, id, 10), Ok(()));
        kernel.sleep_sending(sender, id, 10);
        assert!(kernel.take(pid, id, 0).is_ok());
        assert_eq!(kernel.awake(), [(sender, sent())]);
        kernel.sleep_sending(sender, id, 10);
        kernel.interrupt(sender);
        assert_eq!(kernel.awake(), [(sender, Err(Errno::EINTR))]);
        assert_eq!(kernel.fill(id), (1, 10), "it has not been sent");
        kernel.sleep_sending(sender, id, 10);
        assert_eq!(kernel.remove(pid, id), Ok(()));
        assert_eq!(kernel.awake(), [(sender, Err(Errno::EIDRM))]);
    });
}

#[test]
fn sleeping_long_message_is_overtaken_by_50_of_50_short_ones() {
    on_both(|mut kernel| {
        let (pid, long) = (kernel.root(), kernel.root());
        let id = kernel.queue(pid);
        for _ in 0..16 {
            assert_eq!(kernel.send_bytes(pid, id, 1000), Ok(()));
        }
        kernel.sleep_sending(long, id, 8000);
        for _ in 0..50 {
            assert!(kernel.take(pid, id, 0).is_ok());
            assert_eq!(kernel.send_bytes(pid, id, 1000), Ok(()), "it came later");
        }
        assert!(kernel.is_asleep(long));
        assert_eq!(kernel.awake(), []);
        for _ in 0..8 {
            assert!(kernel.take(pid, id, 0).is_ok());
        }
        assert_eq!(kernel.awake(), [(long, sent())], "once half of it is empty");
    });
}

#[test]
fn shorter_sleeper_overtakes_a_longer_one() {
    on_both_with(bytes(100, 100), |mut kernel| {
        let (pid, long, short) = (kernel.root(), kernel.root(), kernel.root());
        let id = kernel.queue(pid);
        assert_eq!(kernel.send_bytes(pid, id, 30), Ok(()));
        assert_eq!(kernel.send_bytes(pid, id, 70), Ok(()));
        kernel.sleep_sending(long, id, 50);
        kernel.sleep_sending(short, id, 30);
        assert!(kernel.take(pid, id, 0).is_ok(), "the one of 30 bytes");
        assert_eq!(kernel.awake(), [(short, sent())]);
        assert!(kernel.take(pid, id, 0).is_ok(), "the one of 70 bytes");
        assert_eq!(kernel.awake(), [(long, sent())]);
    });
}

#[test]
fn sleeping_receiver_takes_the_first_that_matches_not_the_lowest() {
    on_both(|mut kernel| {
        let (pid, waiting) = (kernel.root(), kernel.root());
        let id = kernel.queue(pid);
        kernel.sleep_receiving(waiting, id, -5, 0);
        kernel.send_types(pid, id, &[9, 4, 1]);
        assert_eq!(kernel.awake(), [(waiting, Ok("b".to_owned()))]);
        assert_eq!(
            kernel.inside(id),
            [(9, "a".to_owned()), (1, "c".to_owned())]
        );
    });
}

#[test]
fn those_who_sleep_receiving_are_served_in_turn() {
    on_both(|mut kernel| {
        let (pid, first, second) = (kernel.root(), kernel.root(), kernel.root());
        let id = kernel.queue(pid);
        kernel.sleep_receiving(second, id, 0, 0);
        kernel.sleep_receiving(first, id, 0, 0);
        kernel.send_types(pid, id, &[1, 1]);
        let expected = [(second, Ok("a".to_owned())), (first, Ok("b".to_owned()))];
        assert_eq!(kernel.awake(), expected);
    });
}

#[test]
fn sleeper_with_too_small_a_buffer_is_told_and_the_next_one_served() {
    on_both(|mut kernel| {
        let (pid, small, large) = (kernel.root(), kernel.root(), kernel.root());
        let id = kernel.queue(pid);
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
    on_both(|mut kernel| {
        let (pid, waiting) = (kernel.root(), kernel.root());
        let id = kernel.queue(pid);
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
    on_both(|mut kernel| {
        let (pid, waiting) = (kernel.root(), kernel.root());
        let id = kernel.queue(pid);
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
    on_both(|mut kernel| {
        let (one, two) = (kernel.root(), kernel.root());
        let id = kernel.queue(one);
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
        assert_eq!(
            who(&kernel),
            (Some(two), Some(one)),
            "who got nothing is not noted"
        );
    });
}

#[test]
fn receiver_whom_a_change_wakes_looks_again_and_may_have_lost_the_right() {
    on_both_with_users(|mut kernel| {
        let (pid, reader) = (kernel.root(), kernel.user(50));
        let id = kernel.msgget(pid, 0, 0o666).expect("there is room");
        kernel.sleep_receiving(reader, id, 0, 0);
        assert_eq!(
            kernel.change(pid, id, |_| ()),
            Ok(()),
            "nothing is different"
        );
        assert!(kernel.is_asleep(reader));
        assert_eq!(kernel.awake(), []);
        let closed = kernel.change(pid, id, |settings| settings.mode = 0o600);
        assert_eq!(closed, Ok(()));
        assert_eq!(kernel.awake(), [(reader, Err(Errno::EACCES))]);
    });
}

#[test]
fn sender_is_woken_by_a_change_only_if_there_is_room_for_it() {
    on_both_with_users(|mut kernel| {
        let (pid, writer) = (kernel.root(), kernel.user(50));
        let id = kernel.msgget(pid, 0, 0o666).expect("there is room");
        let shut = kernel.change(pid, id, |settings| settings.qbytes = 0);
        assert_eq!(shut, Ok(()));
        kernel.sleep_sending(writer, id, 1);
        let closed = kernel.change(pid, id, |settings| settings.mode = 0o600);
        assert_eq!(closed, Ok(()));
        assert!(
            kernel.is_asleep(writer),
            "it does not know yet that it may not"
        );
        let opened = kernel.change(pid, id, |settings| settings.qbytes = 1);
        assert_eq!(opened, Ok(()));
        assert_eq!(kernel.awake(), [(writer, Err(Errno::EACCES))]);
    });
}

#[test]
fn more_capacity_wakes_a_sender() {
    on_both(|mut kernel| {
        let (pid, sender) = (kernel.root(), kernel.root());
        let id = kernel.queue(pid);
        kernel
            .change(pid, id, |settings| settings.qbytes = 0)
            .expect("root may");
        kernel.sleep_sending(sender, id, 10);
        kernel
            .change(pid, id, |settings| settings.qbytes = 10)
            .expect("root may");
        assert_eq!(kernel.awake(), [(sender, sent())]);
        assert_eq!(
            done(kernel.msgrcv(pid, id, ROOM, 0, 0)).map(|it| it.mtype),
            Ok(1)
        );
    });
}
