//! Who may: C4, C5, and the order of the checks.

use simulator::{Capabilities, Credentials, Errno, IPC_CREAT, IPC_EXCL, Id, Pid};

use crate::on_both_with_users;
use crate::stage::Stage;

const KEY: i32 = 1234;

/// A queue of this mode that belongs to user 10 and group 20, made by user 30 and group 40.
fn queue_of_four(kernel: &mut Stage<'_>, mode: u32) -> Id {
    let maker = kernel.spawn(Credentials::user(30, 40));
    let id = kernel.keyed(maker, KEY, 0);
    let given = kernel.change(maker, id, |settings| {
        (settings.uid, settings.gid, settings.mode) = (10, 20, mode);
    });
    assert_eq!(given, Ok(()));
    id
}

/// Whether a process may read, whether it may write.
fn rights(kernel: &mut Stage<'_>, pid: Pid, id: Id) -> (bool, bool) {
    let may = |result: Result<(), Errno>| {
        assert!(matches!(result, Ok(()) | Err(Errno::EACCES)), "{result:?}");
        result.is_ok()
    };
    let read = kernel.stat(pid, id).map(drop);
    (may(read), may(kernel.send(pid, id, 1, "")))
}

#[test]
fn owner_and_creator_are_of_the_first_class() {
    on_both_with_users(|mut kernel| {
        let id = queue_of_four(&mut kernel, 0o400);
        for (uid, expected) in [(10, (true, false)), (30, (true, false)), (50, (false, false))] {
            let pid = kernel.user(uid);
            assert_eq!(rights(&mut kernel, pid, id), expected, "user {uid}");
        }
    });
}

#[test]
fn both_groups_and_supplementary_ones_are_of_the_second_class() {
    on_both_with_users(|mut kernel| {
        let id = queue_of_four(&mut kernel, 0o020);
        let with = |gid, groups: &[u32]| Credentials {
            groups: groups.to_vec(),
            ..Credentials::user(50, gid)
        };
        for (who, may_write) in [
            (with(20, &[]), true),
            (with(40, &[]), true),
            (with(60, &[]), false),
            (with(60, &[1, 20]), true),
            (with(60, &[40, 2]), true),
            (with(60, &[10, 30]), false),
        ] {
            let pid = kernel.spawn(who.clone());
            assert_eq!(rights(&mut kernel, pid, id), (false, may_write), "{who:?}");
        }
    });
}

#[test]
fn class_is_the_first_that_fits_even_if_it_may_less() {
    on_both_with_users(|mut kernel| {
        let id = queue_of_four(&mut kernel, 0o066);
        let owner = kernel.spawn(Credentials::user(10, 20));
        assert_eq!(rights(&mut kernel, owner, id), (false, false));
        let stranger = kernel.user(50);
        assert_eq!(rights(&mut kernel, stranger, id), (true, true));
    });
}

#[test]
fn execute_bits_allow_nothing() {
    on_both_with_users(|mut kernel| {
        let id = queue_of_four(&mut kernel, 0o111);
        let owner = kernel.user(10);
        assert_eq!(rights(&mut kernel, owner, id), (false, false));
        assert_eq!(kernel.msgget(owner, KEY, 0o100), Ok(id), "but one may ask for them");
    });
}

#[test]
fn capability_ipc_owner_passes_every_mode() {
    on_both_with_users(|mut kernel| {
        let id = queue_of_four(&mut kernel, 0);
        let with = |uid, ipc_owner| Credentials {
            capable: Capabilities { ipc_owner, ..Capabilities::default() },
            ..Credentials::user(uid, uid)
        };
        for (uid, ipc_owner) in [(0, true), (50, true), (0, false), (50, false)] {
            let pid = kernel.spawn(with(uid, ipc_owner));
            let all = (ipc_owner, ipc_owner);
            assert_eq!(rights(&mut kernel, pid, id), all, "user {uid}");
        }
    });
}

#[test]
fn msgget_without_access_bits_finds_any_queue() {
    on_both_with_users(|mut kernel| {
        let id = queue_of_four(&mut kernel, 0);
        let stranger = kernel.user(50);
        assert_eq!(kernel.msgget(stranger, KEY, 0), Ok(id));
        assert_eq!(kernel.msgget(stranger, KEY, IPC_CREAT), Ok(id));
        for asked in [0o400, 0o200, 0o040, 0o004, 0o002, 0o600] {
            assert_eq!(kernel.msgget(stranger, KEY, asked), Err(Errno::EACCES));
        }
    });
}

#[test]
fn eexist_takes_precedence_over_eacces() {
    on_both_with_users(|mut kernel| {
        queue_of_four(&mut kernel, 0);
        let stranger = kernel.user(50);
        let made = kernel.msgget(stranger, KEY, IPC_CREAT | IPC_EXCL | 0o600);
        assert_eq!(made, Err(Errno::EEXIST));
    });
}

#[test]
fn msgget_checks_the_access_bits_of_every_class() {
    on_both_with_users(|mut kernel| {
        let id = queue_of_four(&mut kernel, 0o602);
        let stranger = kernel.user(50);
        for write in [0o200, 0o020, 0o002] {
            assert_eq!(kernel.msgget(stranger, KEY, write), Ok(id));
        }
        for other in [0o400, 0o040, 0o004, 0o001, 0o600] {
            assert_eq!(kernel.msgget(stranger, KEY, other), Err(Errno::EACCES));
        }
    });
}

#[test]
fn permission_is_checked_after_size_and_type_but_before_space() {
    on_both_with_users(|mut kernel| {
        let id = queue_of_four(&mut kernel, 0);
        kernel.must_change(Pid(1), id, |settings| settings.qbytes = 0);
        let stranger = kernel.user(50);
        assert_eq!(kernel.send(stranger, id, 1, ""), Err(Errno::EACCES));
        assert_eq!(kernel.send(stranger, id, 0, ""), Err(Errno::EINVAL));
        assert_eq!(kernel.send_bytes(stranger, id, 8193), Err(Errno::EINVAL));
        assert_eq!(kernel.take(stranger, id, 0), Err(Errno::EACCES), "and not ENOMSG");
    });
}
