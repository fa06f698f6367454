//! The crates of the chapters make the same calls.

use simulator::{
    Ended, Errno, IPC_CREAT, IPC_EXCL, IPC_NOWAIT, Limits, MSG_COPY, MSG_EXCEPT, Outcome,
};
use simulator_proof::{Calls, Real, Route};

const ROOM: usize = 8192;

/// A bit of everything, and what came of it.
fn errands(real: &mut Real, route: Route) -> Vec<String> {
    real.reset(Limits::default());
    real.through(route);
    let mut told = Vec::new();
    let mut tell = |what: &dyn std::fmt::Debug| told.push(format!("{what:?}"));
    let (one, two) = (real.spawn(Real::root()), real.spawn(Real::root()));
    tell(&real.msgget(one, 7, 0));
    let id = real.msgget(one, 7, IPC_CREAT | 0o640).expect("one may be");
    tell(&real.msgget(two, 7, IPC_CREAT | IPC_EXCL));
    tell(&real.msgget(two, 7, 0o600));
    tell(&real.msgget(two, 0, 0o600));
    for mtype in [5, 3, 4, 0] {
        tell(&real.msgsnd(one, id, mtype, b"text", 0));
    }
    tell(&real.msgsnd(one, id, 1, &[0; 8193], IPC_NOWAIT));
    tell(&real.msgsnd(one, id, 1, &[0; 8192], IPC_NOWAIT));
    tell(&real.msgsnd(one, id, 1, &[0; 8192], IPC_NOWAIT));
    tell(&real.stat(two, id));
    tell(&real.msgrcv(two, id, ROOM, 1, MSG_COPY | IPC_NOWAIT));
    tell(&real.msgrcv(two, id, ROOM, 9, MSG_COPY | IPC_NOWAIT));
    for (wanted, flags) in [(-4, 0), (5, MSG_EXCEPT), (5, 0), (5, IPC_NOWAIT), (0, 0), (0, 0)] {
        tell(&real.msgrcv(two, id, ROOM, wanted, flags));
    }
    tell(&real.msgsnd(one, id, 2, b"handed over", 0));
    tell(&real.woken());
    tell(&real.msgrcv(two, id, 2, 0, IPC_NOWAIT));
    tell(&real.msgrcv(one, id, ROOM, 0, 0));
    tell(&real.remove(two, id));
    tell(&real.woken());
    tell(&real.stat(two, id));
    told
}

#[test]
fn crates_and_system_calls_come_to_the_same() {
    support::in_namespace(|_| {
        let mut real = Real::new(Limits::default());
        let raw = errands(&mut real, Route::Raw);
        assert_eq!(errands(&mut real, Route::Crates), raw);
        assert_eq!(raw[0], "Err(ENOENT)", "they are not all the same");
    });
}

#[test]
fn calls_that_the_crates_make_impossible_are_made_all_the_same() {
    support::in_namespace(|_| {
        let mut real = Real::new(Limits::default());
        real.through(Route::Crates);
        let one = real.spawn(Real::root());
        let id = real.msgget(one, 7, IPC_CREAT | 0o600).expect("one may be");
        assert_eq!(real.msgsnd(one, id, 0, b"", 0).done(), Err(Errno::EINVAL));
        assert_eq!(real.msgsnd(one, id, 1, b"long", 0).done(), Ok(()));
        let cramped = real.msgrcv(one, id, 3, 0, 0);
        assert_eq!(cramped.done(), Err(Errno::E2BIG), "no crate says that");
    });
}

#[test]
fn sleepers_in_the_crates_are_asleep_too() {
    support::in_namespace(|_| {
        let mut real = Real::new(Limits::default());
        real.through(Route::Crates);
        let (one, two) = (real.spawn(Real::root()), real.spawn(Real::root()));
        let id = real.msgget(one, 7, IPC_CREAT | 0o600).expect("one may be");
        assert_eq!(real.msgrcv(one, id, ROOM, 0, 0), Outcome::Asleep);
        real.interrupt(one);
        assert_eq!(real.woken(), [(one, Ended::Received(Err(Errno::EINTR)))]);
        for _ in 0..2 {
            assert_eq!(real.msgsnd(one, id, 1, &[0; 8000], 0).done(), Ok(()));
        }
        assert_eq!(real.msgsnd(two, id, 1, &[0; 8000], 0), Outcome::Asleep);
        real.interrupt(two);
        assert_eq!(real.woken(), [(two, Ended::Sent(Err(Errno::EINTR)))]);
    });
}
