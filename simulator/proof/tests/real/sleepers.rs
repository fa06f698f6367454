//! Who sleeps, who wakes, and when everything is quiet.

use std::panic::{AssertUnwindSafe, catch_unwind};

use simulator::{Ended, Errno, IPC_PRIVATE, Limits, Outcome, Settings};
use simulator_proof::{Calls, Real};

use crate::{root, with_real};

const ROOM: usize = 64;

#[test]
fn sleepers_are_woken_by_messages_signals_and_removal() {
    with_real(|mut real| {
        let [a, b, c, d] = [(); 4].map(|()| root(&mut real));
        let id = real.msgget(d, IPC_PRIVATE, 0o600).expect("one may be");
        for (pid, wanted) in [(a, 1), (b, 2), (c, 3)] {
            assert_eq!(real.msgrcv(pid, id, ROOM, wanted, 0), Outcome::Asleep);
            assert!(real.is_asleep(pid));
        }
        assert_eq!(real.woken(), []);

        assert_eq!(real.msgsnd(d, id, 2, b"for b", 0).done(), Ok(()));
        let woken = real.woken();
        let [(pid, Ended::Received(Ok(message)))] = &woken[..] else {
            panic!("one is woken with a message: {woken:?}");
        };
        assert_eq!((*pid, &message.text[..]), (b, &b"for b"[..]));
        assert!(!real.is_asleep(b));

        real.interrupt(c);
        real.interrupt(b); // awake: nothing happens
        assert_eq!(real.woken(), [(c, Ended::Received(Err(Errno::EINTR)))]);

        assert_eq!(real.remove(d, id), Ok(()));
        assert_eq!(real.woken(), [(a, Ended::Received(Err(Errno::EIDRM)))]);
    });
}

#[test]
fn processes_woken_together_run_in_the_order_of_waking() {
    with_real(|mut real| {
        let pids = [(); 6].map(|()| root(&mut real));
        let [sleepers @ .., waker] = pids;
        if !real.in_order() {
            println!("skipped: only root may ask for real-time scheduling");
            return;
        }
        for round in 0..20 {
            let id = real.msgget(waker, IPC_PRIVATE, 0o600).expect("one may be");
            let mut order = sleepers;
            order.rotate_left(round % 5);
            for pid in order {
                assert_eq!(real.msgrcv(pid, id, ROOM, 0, 0), Outcome::Asleep);
            }
            assert_eq!(real.remove(waker, id), Ok(()));
            let woken = real.woken().into_iter().map(|(pid, _)| pid);
            assert_eq!(woken.collect::<Vec<_>>(), order);
        }
    });
}

#[test]
fn process_that_wakes_and_sleeps_again_is_asleep() {
    with_real(|mut real| {
        let (one, two) = (root(&mut real), root(&mut real));
        let id = real.msgget(one, IPC_PRIVATE, 0o600).expect("one may be");
        assert_eq!(real.msgrcv(two, id, ROOM, 0, 0), Outcome::Asleep);
        let settings = Settings::from(&real.stat(one, id).expect("root may"));
        assert_eq!(real.set(one, id, settings), Ok(()), "this wakes everybody");
        assert!(real.is_asleep(two));
        assert_eq!(real.woken(), []);
    });
}

#[test]
fn everything_is_quiet_when_a_call_returns_even_after_a_race() {
    support::in_namespace(|_| {
        let ten_bytes = Limits { msgmnb: 10, ..Limits::default() };
        let mut real = Real::racing(ten_bytes);
        let taker = root(&mut real);
        let senders = [(); 4].map(|()| root(&mut real));
        let id = real.msgget(taker, IPC_PRIVATE, 0o600).expect("one may be");
        assert_eq!(real.msgsnd(taker, id, 1, &[0; 10], 0).done(), Ok(()));
        for _ in 0..200 {
            for pid in senders {
                if !real.is_asleep(pid) {
                    assert_eq!(real.msgsnd(pid, id, 1, &[0; 10], 0), Outcome::Asleep);
                }
            }
            // All four are woken, since there is room for each; one is the first, and the others
            // sleep again.
            assert!(real.msgrcv(taker, id, ROOM, 0, 0).done().is_ok());
            let woken = real.woken();
            assert!(matches!(woken[..], [(_, Ended::Sent(Ok(())))]), "{woken:?}");
            assert_eq!(real.observe(id).map(|status| status.qnum), Some(1));
        }
    });
}

#[test]
fn everything_is_quiet_when_a_woken_process_has_woken_another() {
    support::in_namespace(|_| {
        let ten_bytes = Limits { msgmnb: 10, ..Limits::default() };
        let mut real = Real::racing(ten_bytes);
        // The one who is woken last is looked at first.
        let [last, middle, first] = [(); 3].map(|()| root(&mut real));
        let id = real.msgget(first, IPC_PRIVATE, 0o600).expect("one may be");
        for _ in 0..1000 {
            assert_eq!(real.msgsnd(first, id, 1, &[0; 10], 0).done(), Ok(()));
            assert_eq!(real.msgrcv(last, id, ROOM, 2, 0), Outcome::Asleep);
            assert_eq!(real.msgsnd(middle, id, 2, &[0; 10], 0), Outcome::Asleep);
            assert!(real.msgrcv(first, id, ROOM, 1, 0).done().is_ok());
            assert_eq!(real.woken().len(), 2);
        }
    });
}

#[test]
fn sleeper_makes_no_call() {
    with_real(|mut real| {
        let one = root(&mut real);
        let id = real.msgget(one, IPC_PRIVATE, 0o600).expect("one may be");
        assert_eq!(real.msgrcv(one, id, ROOM, 0, 0), Outcome::Asleep);
        let asked = catch_unwind(AssertUnwindSafe(|| real.stat(one, id)));
        let told = asked.expect_err("it panics");
        assert_eq!(
            told.downcast_ref(),
            Some(&"process 1 is asleep, and cannot make a call".to_owned())
        );
    });
}
