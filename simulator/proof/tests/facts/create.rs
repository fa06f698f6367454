//! Creating: C1 to C3 and C6.

use simulator::{Errno, IPC_CREAT, IPC_EXCL, Id, Limits};

use crate::{on_both, on_both_with};

const KEY: i32 = 1234;

#[test]
fn exclusive_creation_of_an_existing_queue_fails_with_eexist() {
    on_both(|mut kernel| {
        let pid = kernel.root();
        assert_eq!(kernel.msgget(pid, KEY, 0o600), Err(Errno::ENOENT));
        let only_once = IPC_CREAT | IPC_EXCL | 0o600;
        let id = kernel.msgget(pid, KEY, only_once).expect("the key is unused");
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
        let id = kernel.keyed(pid, KEY, 0o600);
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

#[test]
fn mode_of_a_new_queue_keeps_nine_bits_and_no_umask_applies() {
    on_both(|mut kernel| {
        let pid = kernel.root();
        let mut mode_of = |flags| {
            let id = kernel.msgget(pid, 0, flags).expect("there is room");
            kernel.stat(pid, id).expect("root may").mode
        };
        assert_eq!(mode_of(0o666), 0o666, "a umask would have taken the 022 away");
        assert_eq!(mode_of(0), 0);
        assert_eq!(mode_of(0o777), 0o777, "x bits are kept, for nothing");
    });
}

#[test]
fn one_queue_too_many_fails_with_enospc() {
    let two = Limits { msgmni: 2, ..Limits::default() };
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
        let less = Limits { msgmnb: 100, msgmax: 50, ..Limits::default() };
        kernel.set_limits(less);
        let after = kernel.queue(pid);
        let mut capacity = |id| kernel.stat(pid, id).map(|status| status.qbytes);
        assert_eq!((capacity(before), capacity(after)), (Ok(16_384), Ok(100)));
        // The limit on a message counts from now on, for every queue.
        let sent = kernel.msgsnd(pid, before, 1, &[0; 51], 0);
        assert_eq!(sent.done(), Err(Errno::EINVAL));
    });
}
