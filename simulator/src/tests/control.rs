use super::Room;
use crate::{Capabilities, Credentials, Errno, Limits, Settings};

#[test]
fn only_owner_creator_and_admin_change_and_remove() {
    let mut room = Room::new();
    room.change(|settings| {
        settings.uid = 1000;
        settings.mode = 0o666;
    })
    .unwrap();
    let settings = Settings::from(&room.status());
    let other = room.user(1001);
    let (kernel, id) = (&mut room.kernel, room.id);
    assert_eq!(kernel.set(other, id, settings), Err(Errno::EPERM));
    assert_eq!(kernel.remove(other, id), Err(Errno::EPERM));

    let admin = kernel.spawn(Credentials {
        capable: Capabilities {
            sys_admin: true,
            ..Capabilities::default()
        },
        ..Credentials::user(1001, 1001)
    });
    assert_eq!(kernel.set(admin, id, settings), Ok(()));
    let creator = kernel.spawn(Credentials::user(0, 9));
    assert_eq!(kernel.set(creator, id, settings), Ok(()));
    let owner = kernel.spawn(Credentials::user(1000, 1000));
    assert_eq!(kernel.remove(owner, id), Ok(()));
}

#[test]
fn the_mode_has_no_say_in_it() {
    let mut room = Room::new();
    room.change(|settings| {
        settings.uid = 1000;
        settings.mode = 0;
    })
    .unwrap();
    let owner = room.user(1000);
    assert_eq!(room.kernel.stat(owner, room.id), Err(Errno::EACCES));
    assert_eq!(room.kernel.remove(owner, room.id), Ok(()));
}

#[test]
fn giving_away_changes_the_owner_and_not_the_creator() {
    let mut room = Room::new();
    room.change(|settings| {
        settings.uid = 1000;
        settings.gid = 100;
        settings.mode = 0o7777;
    })
    .unwrap();
    let status = room.status();
    assert_eq!((status.uid, status.gid), (1000, 100));
    assert_eq!((status.cuid, status.cgid), (0, 0));
    assert_eq!(status.mode, 0o777);
}

#[test]
fn capacity_above_msgmnb_is_for_the_privileged() {
    let mut room = Room::holding(100);
    assert_eq!(room.change(|settings| settings.uid = 1000), Ok(()));
    let owner = room.user(1000);
    let mut settings = Settings::from(&room.status());
    let mut set = |qbytes| {
        settings.qbytes = qbytes;
        room.kernel.set(owner, room.id, settings)
    };
    assert_eq!(set(101), Err(Errno::EPERM));
    assert_eq!(set(0), Ok(()));
    assert_eq!(set(100), Ok(()));
    // It is today's msgmnb that counts, not the one that the queue was made with.
    room.kernel.set_limits(Limits {
        msgmnb: 99,
        ..Limits::default()
    });
    settings.qbytes = 100;
    assert_eq!(room.kernel.set(owner, room.id, settings), Err(Errno::EPERM));
    assert_eq!(room.change(|settings| settings.qbytes = 5000), Ok(()));
}

#[test]
fn capacity_is_an_int() {
    let mut room = Room::new();
    let mut becomes = |qbytes| {
        room.change(|settings| settings.qbytes = qbytes).unwrap();
        room.status().qbytes
    };
    assert_eq!(becomes((1 << 32) + 500), 500);
    assert_eq!(becomes(i32::MAX as u64), i32::MAX as u64);
    assert_eq!(becomes(1 << 31), 0xffff_ffff_8000_0000);
}

#[test]
fn a_negative_capacity_is_far_above_msgmnb() {
    let mut room = Room::new();
    room.change(|settings| settings.uid = 1000).unwrap();
    let owner = room.user(1000);
    let settings = Settings {
        qbytes: 0xffff_ffff,
        ..Settings::from(&room.status())
    };
    let refused = room.kernel.set(owner, room.id, settings);
    assert_eq!(refused, Err(Errno::EPERM));
}

#[test]
fn the_user_that_is_nobody_is_einval_and_nothing_changes() {
    let mut room = Room::new();
    let before = room.status();
    let user = room.change(|settings| {
        settings.uid = u32::MAX;
        settings.mode = 0;
    });
    let group = room.change(|settings| settings.gid = u32::MAX);
    assert_eq!([user, group], [Err(Errno::EINVAL); 2]);
    assert_eq!(room.status(), before);
}

#[test]
fn less_capacity_leaves_what_is_there() {
    let mut room = Room::new();
    room.fill(&[1, 2, 3]);
    room.change(|settings| settings.qbytes = 1).unwrap();
    assert_eq!(room.types(), [1, 2, 3]);
}

#[test]
fn a_removed_queue_frees_its_key() {
    let mut room = Room::new();
    room.remove();
    let found = room.kernel.msgget(room.root, 1234, 0);
    assert_eq!(found, Err(Errno::ENOENT));
}
