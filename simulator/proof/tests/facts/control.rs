//! Changing and removing: X1 to X3.

use simulator::{Capabilities, Credentials, Errno};

use crate::{on_a_queue, on_both, on_both_with_users};

#[test]
fn removal_takes_the_messages_wakes_the_sleepers_and_leaves_nothing() {
    on_both(|mut kernel| {
        let (pid, sender, receiver) = (kernel.root(), kernel.root(), kernel.root());
        let id = kernel.keyed(pid, 7, 0o600);
        kernel.send_bytes(pid, id, 8192).expect("there is room");
        kernel.send_bytes(pid, id, 8192).expect("there is room");
        kernel.sleep_sending(sender, id, 1);
        kernel.sleep_receiving(receiver, id, 2, 0);
        assert_eq!(kernel.remove(pid, id), Ok(()));
        let mut awake = kernel.awake();
        awake.sort_by_key(|(pid, _)| *pid);
        assert_eq!(awake, [(sender, Err(Errno::EIDRM)), (receiver, Err(Errno::EIDRM))]);
        assert_eq!(kernel.ids(), []);
        assert_eq!(kernel.msgget(pid, 7, 0), Err(Errno::ENOENT));
        assert_eq!(kernel.send(pid, id, 1, ""), Err(Errno::EINVAL));
    });
}

#[test]
fn owner_creator_and_privileged_may_change_and_remove_whatever_the_mode() {
    on_both_with_users(|mut kernel| {
        let admin = Credentials {
            capable: Capabilities { sys_admin: true, ..Capabilities::default() },
            ..Credentials::user(50, 50)
        };
        let mut reader = Credentials::user(50, 20);
        reader.capable.ipc_owner = true;
        for (who, allowed) in [
            (Credentials::user(10, 10), Ok(())),
            (Credentials::user(30, 30), Ok(())),
            (admin, Ok(())),
            (reader, Err(Errno::EPERM)),
            (Credentials::user(50, 20), Err(Errno::EPERM)),
        ] {
            let maker = kernel.user(30);
            let id = kernel.msgget(maker, 0, 0o777).expect("there is room");
            let given = kernel.change(maker, id, |settings| {
                (settings.uid, settings.gid) = (10, 20);
            });
            assert_eq!(given, Ok(()));
            let pid = kernel.spawn(who.clone());
            let changed = kernel.change(pid, id, |settings| settings.mode = 0);
            assert_eq!(changed, allowed, "{who:?}");
            assert_eq!(kernel.remove(pid, id), allowed, "{who:?}");
        }
    });
}

#[test]
fn giving_a_queue_away_keeps_the_creator() {
    on_both_with_users(|mut kernel| {
        let (maker, heir) = (kernel.user(30), kernel.user(10));
        let id = kernel.queue(maker);
        kernel.must_change(maker, id, |settings| settings.uid = 10);
        let status = kernel.stat(heir, id).expect("it is the owner");
        assert_eq!((status.uid, status.cuid), (10, 30));
        assert_eq!((status.gid, status.cgid), (30, 30));
        let back = kernel.change(maker, id, |settings| settings.uid = 30);
        assert_eq!(back, Ok(()), "the creator still may");
        assert_eq!(kernel.stat(heir, id), Err(Errno::EACCES));
    });
}

#[test]
fn capacity_above_msgmnb_requires_a_privilege() {
    on_both_with_users(|mut kernel| {
        let pid = kernel.user(30);
        let id = kernel.queue(pid);
        for (qbytes, allowed) in
            [(10, Ok(())), (16_384, Ok(())), (16_385, Err(Errno::EPERM)), (0, Ok(()))]
        {
            let changed = kernel.change(pid, id, |settings| settings.qbytes = qbytes);
            assert_eq!(changed, allowed, "{qbytes}");
        }
        assert_eq!(kernel.observe(id).map(|status| status.qbytes), Some(0));
    });
}

#[test]
fn only_cap_sys_resource_passes_msgmnb() {
    on_both(|mut kernel| {
        let mut who = kernel.highest.clone();
        who.capable.sys_resource = false;
        let pid = kernel.spawn(who);
        let id = kernel.queue(pid);
        let raise = |kernel: &mut crate::Stage<'_>, pid| {
            kernel.change(pid, id, |settings| settings.qbytes = 16_385)
        };
        assert_eq!(raise(&mut kernel, pid), Err(Errno::EPERM));
        if kernel.highest.capable.sys_resource {
            let root = kernel.root();
            assert_eq!(raise(&mut kernel, root), Ok(()));
        }
    });
}

#[test]
fn capacity_keeps_32_bits_and_is_checked_by_them() {
    on_both(|mut kernel| {
        let mut who = kernel.highest.clone();
        who.capable.sys_resource = false;
        let pid = kernel.spawn(who);
        let id = kernel.queue(pid);
        kernel.must_change(pid, id, |settings| settings.qbytes = (1 << 32) + 500);
        assert_eq!(kernel.stat(pid, id).map(|status| status.qbytes), Ok(500));
    });
}

#[test]
fn mode_keeps_nine_bits() {
    on_a_queue(|mut kernel, pid, id| {
        kernel.must_change(pid, id, |settings| settings.mode = 0o7_640);
        assert_eq!(kernel.stat(pid, id).map(|status| status.mode), Ok(0o640));
    });
}

#[test]
fn nobody_as_owner_fails_with_einval_after_the_privilege_check() {
    const NOBODY: u32 = u32::MAX;
    on_both(|mut kernel| {
        let mut who = kernel.highest.clone();
        who.capable.sys_resource = false;
        let pid = kernel.spawn(who);
        let id = kernel.queue(pid);
        let before = kernel.observe(id);
        let owner = kernel.change(pid, id, |settings| (settings.uid, settings.mode) = (NOBODY, 0));
        let group = kernel.change(pid, id, |settings| settings.gid = NOBODY);
        assert_eq!((owner, group), (Err(Errno::EINVAL), Err(Errno::EINVAL)));
        let both = kernel.change(pid, id, |settings| {
            (settings.uid, settings.qbytes) = (NOBODY, 16_385);
        });
        assert_eq!(both, Err(Errno::EPERM));
        assert_eq!(kernel.observe(id), before, "all or nothing");
    });
}
