use super::{Room, done};
use crate::{Capabilities, Credentials, Errno, IPC_NOWAIT, Pid};

/// What `pid` gets for writing, reading and `IPC_STAT` of a queue with one message in it.
fn rights(room: &mut Room, pid: Pid) -> [bool; 3] {
    room.send(1, b"").unwrap();
    let (kernel, id) = (&mut room.kernel, room.id);
    let sent = done(kernel.msgsnd(pid, id, 1, b"", IPC_NOWAIT));
    let received = done(kernel.msgrcv(pid, id, 0, 0, IPC_NOWAIT)).map(drop);
    let looked = kernel.stat(pid, id).map(drop);
    [sent, received, looked].map(|result| match result {
        Ok(()) => true,
        Err(Errno::EACCES) => false,
        Err(errno) => panic!("{errno}"),
    })
}

#[test]
fn the_mode_is_looked_at_for_the_one_class_that_a_process_is_in() {
    let mut room = Room::new();
    let owner = room.user(1000);
    let member = room.kernel.spawn(Credentials::user(1001, 1000));
    let other = room.user(1002);
    for (mode, expected) in [
        (
            0o600,
            [
                [true, true, true],
                [false, false, false],
                [false, false, false],
            ],
        ),
        (
            0o066,
            [
                [false, false, false],
                [true, true, true],
                [true, true, true],
            ],
        ),
        (
            0o642,
            [
                [true, true, true],
                [false, true, true],
                [true, false, false],
            ],
        ),
    ] {
        let set = room.change(|settings| {
            settings.uid = 1000;
            settings.gid = 1000;
            settings.mode = mode;
        });
        assert_eq!(set, Ok(()));
        for (pid, expected) in [owner, member, other].into_iter().zip(expected) {
            assert_eq!(rights(&mut room, pid), expected, "{mode:o}, {pid}");
        }
    }
}

#[test]
fn a_supplementary_group_is_as_good_as_the_first() {
    let mut room = Room::new();
    let member = room.kernel.spawn(Credentials {
        groups: alloc::vec![7, 100],
        ..Credentials::user(1001, 1001)
    });
    room.change(|settings| {
        settings.gid = 100;
        settings.mode = 0o640;
    })
    .unwrap();
    assert_eq!(rights(&mut room, member), [false, true, true]);
}

#[test]
fn the_creators_user_and_group_keep_their_classes() {
    let mut room = Room::new();
    let creator = room.kernel.spawn(Credentials {
        capable: Capabilities::default(),
        ..Credentials::root()
    });
    let member = room.kernel.spawn(Credentials::user(1001, 0));
    room.change(|settings| {
        settings.uid = 1000;
        settings.gid = 1000;
        settings.mode = 0o620;
    })
    .unwrap();
    assert_eq!(rights(&mut room, creator), [true, true, true]);
    assert_eq!(rights(&mut room, member), [true, false, false]);
}

#[test]
fn cap_ipc_owner_passes_all() {
    let mut room = Room::new();
    room.change(|settings| settings.mode = 0).unwrap();
    let capable = room.kernel.spawn(Credentials {
        capable: Capabilities {
            ipc_owner: true,
            ..Capabilities::default()
        },
        ..Credentials::user(1000, 1000)
    });
    assert_eq!(rights(&mut room, capable), [true, true, true]);
}

#[test]
fn msgget_asks_for_the_rights_in_its_flags_and_no_others() {
    let mut room = Room::new();
    let stranger = room.user(1000);
    let mut open = |flags| room.kernel.msgget(stranger, 1234, flags);
    assert!(open(0).is_ok());
    // The same right for any class is asked of the class that the process is in.
    for flags in [0o400, 0o040, 0o004, 0o220, 0o044, 0o222, 0o600] {
        assert_eq!(open(flags), Err(Errno::EACCES));
    }
    room.change(|settings| settings.mode = 0o604).unwrap();
    let mut open = |flags| room.kernel.msgget(stranger, 1234, flags);
    assert!(open(0o400).is_ok());
    assert_eq!(open(0o600), Err(Errno::EACCES));
}

#[test]
fn execute_is_a_bit_like_the_others_to_msgget() {
    let mut room = Room::new();
    let stranger = room.user(1000);
    room.change(|settings| settings.mode = 0o666).unwrap();
    let result = room.kernel.msgget(stranger, 1234, 0o100);
    assert_eq!(result, Err(Errno::EACCES));
}
