//! The namespace, the processes in it, and the onlooker.

use simulator::{
    Capabilities, Credentials, Errno, IPC_CREAT, IPC_NOWAIT, IPC_PRIVATE, Id, Limits, MSG_COPY,
    Outcome, Settings,
};
use simulator_proof::{Calls, Real};

use crate::{root, with_real};

const ROOM: usize = 64;

#[test]
fn first_queue_has_id_0_in_each_run() {
    support::in_namespace(|room| {
        let mut real = Real::new(Limits::default());
        for _ in 0..3 {
            let one = root(&mut real);
            assert_eq!(real.msgget(one, 1234, IPC_CREAT | 0o600), Ok(Id(0)));
            assert_eq!(real.ids(), [Id(0)]);
            real.reset(Limits::default());
            assert_eq!(real.ids(), []);
        }
        drop(real);
        assert!(room.queues().is_empty(), "the room has seen none of it");
    });
}

#[test]
fn limits_are_those_of_the_run() {
    support::in_namespace(|room| {
        let few = Limits { msgmax: 3, msgmnb: 7, msgmni: 1 };
        let mut real = Real::new(few);
        let one = root(&mut real);
        let id = real.msgget(one, IPC_PRIVATE, 0o600).expect("one may be");
        assert_eq!(real.msgget(one, IPC_PRIVATE, 0o600), Err(Errno::ENOSPC));
        assert_eq!(real.stat(one, id).map(|status| status.qbytes), Ok(7));
        assert_eq!(real.msgsnd(one, id, 1, b"four", 0).done(), Err(Errno::EINVAL));
        assert_eq!(room.limit("msgmni"), 1, "the thread is in there");
        drop(real);
        assert_eq!(room.limit("msgmni"), 32_000, "and is back");
    });
}

#[test]
fn each_process_is_noted_by_its_own_id() {
    with_real(|mut real| {
        let (one, two) = (root(&mut real), root(&mut real));
        let id = real.msgget(one, IPC_PRIVATE, 0o600).expect("one may be");
        assert_eq!(real.msgsnd(one, id, 1, b"queued", 0).done(), Ok(()));
        let message = real.msgrcv(two, id, ROOM, 0, 0).done().expect("it waits");
        assert_eq!((message.mtype, &message.text[..]), (1, &b"queued"[..]));
        let status = real.stat(one, id).expect("root may");
        assert_eq!((status.lspid, status.lrpid), (Some(one), Some(two)));

        assert_eq!(real.msgrcv(one, id, ROOM, 0, 0), Outcome::Asleep);
        assert_eq!(real.msgsnd(two, id, 1, b"handed over", 0).done(), Ok(()));
        let status = real.observe(id).expect("it is there");
        assert_eq!((status.lspid, status.lrpid), (Some(two), Some(one)));
    });
}

#[test]
fn credentials_are_what_the_kernel_sees() {
    support::in_namespace(|_| {
        if !Real::has_other_users() {
            return;
        }
        let mut real = Real::new(Limits::default());
        let boss = root(&mut real);
        let id = real.msgget(boss, 1234, IPC_CREAT | 0o640).expect("one may be");
        let settings = Settings { uid: 1000, gid: 100, mode: 0o640, qbytes: 500 };
        assert_eq!(real.set(boss, id, settings), Ok(()));

        let pid = real.spawn(Credentials::user(1000, 1000));
        assert!(real.stat(pid, id).is_ok(), "the owner");
        real.set_credentials(pid, Credentials::user(1001, 1001));
        assert_eq!(real.stat(pid, id), Err(Errno::EACCES), "a stranger");
        let mut member = Credentials::user(1001, 1001);
        member.groups = vec![7, 100];
        real.set_credentials(pid, member);
        assert!(real.stat(pid, id).is_ok(), "of a supplementary group");
        assert_eq!(real.remove(pid, id), Err(Errno::EPERM));
        for (capable, expected) in
            [(Capabilities::default(), Err(Errno::EPERM)), (Real::capabilities(), Ok(()))]
        {
            let mut nobody = Credentials::user(1001, 1001);
            nobody.capable = capable;
            real.set_credentials(pid, nobody);
            assert_eq!(real.remove(pid, id), expected);
        }
        let mut powerless = Real::root();
        powerless.capable = Capabilities::default();
        real.set_credentials(pid, powerless);
        let own = real.msgget(pid, IPC_PRIVATE, 0).expect("anybody may");
        assert_eq!(real.stat(pid, own), Err(Errno::EACCES), "root by name only");
        real.set_credentials(pid, Real::root());
        assert!(real.stat(pid, own).is_ok());
    });
}

#[test]
fn onlooker_sees_everything_and_leaves_no_trace() {
    with_real(|mut real| {
        let one = root(&mut real);
        let id = real.msgget(one, IPC_PRIVATE, 0).expect("one may be");
        let long = vec![b'x'; 8000];
        assert_eq!(real.msgsnd(one, id, 5, &long, 0).done(), Ok(()));
        assert_eq!(real.msgsnd(one, id, 6, b"", 0).done(), Ok(()));
        let few = Limits { msgmax: 10, ..Limits::default() };
        real.set_limits(few);
        let before = real.observe(id).expect("it is there");
        let seen: Vec<_> = real.contents(id).into_iter().map(|m| (m.mtype, m.text)).collect();
        assert_eq!(seen, [(5, long), (6, Vec::new())]);
        assert_eq!(real.observe(id), Some(before));
        let peek = real.msgrcv(one, id, 8192, 0, MSG_COPY | IPC_NOWAIT);
        assert_eq!(peek.done(), Err(Errno::EINVAL), "msgmax is what it was");
    });
}
