use super::Room;
use crate::{Credentials, Errno, IPC_CREAT, IPC_EXCL, IPC_PRIVATE, Kernel, Limits, Status};

#[test]
fn a_key_leads_to_one_queue() {
    let mut room = Room::new();
    let found = room.kernel.msgget(room.root, 1234, IPC_CREAT | 0o600);
    assert_eq!(found, Ok(room.id));
    assert_eq!(room.kernel.queues().count(), 1);
}

#[test]
fn an_unknown_key_is_enoent_unless_a_queue_is_to_be_made() {
    let mut room = Room::new();
    for flags in [0, 0o600, IPC_EXCL | 0o600] {
        let result = room.kernel.msgget(room.root, 99, flags);
        assert_eq!(result, Err(Errno::ENOENT));
    }
}

#[test]
fn excl_refuses_a_queue_that_is_there_before_its_mode_is_looked_at() {
    let mut room = Room::new();
    let stranger = room.user(1000);
    let both = IPC_CREAT | IPC_EXCL | 0o600;
    assert_eq!(room.kernel.msgget(stranger, 1234, both), Err(Errno::EEXIST));
}

#[test]
fn excl_alone_is_ignored() {
    let mut room = Room::new();
    let found = room.kernel.msgget(room.root, 1234, IPC_EXCL);
    assert_eq!(found, Ok(room.id));
}

#[test]
fn a_private_queue_is_new_each_time_and_has_no_key() {
    let mut room = Room::new();
    let one = room.kernel.msgget(room.root, IPC_PRIVATE, 0o600);
    let two = room.kernel.msgget(room.root, IPC_PRIVATE, 0o600);
    assert_ne!(one, two);
    let status = room.kernel.stat(room.root, one.unwrap()).unwrap();
    assert_eq!(status.key, 0);
}

#[test]
fn a_new_queue_is_its_creators_and_as_large_as_msgmnb_says() {
    let mut kernel = Kernel::new(Limits {
        msgmnb: 77,
        ..Limits::default()
    });
    let pid = kernel.spawn(Credentials::user(1000, 100));
    let id = kernel.msgget(pid, -1, IPC_CREAT | 0o7640).unwrap();
    let expected = Status {
        key: -1,
        mode: 0o640,
        uid: 1000,
        gid: 100,
        cuid: 1000,
        cgid: 100,
        cbytes: 0,
        qnum: 0,
        qbytes: 77,
        lspid: None,
        lrpid: None,
    };
    assert_eq!(kernel.stat(pid, id), Ok(expected));
}

#[test]
fn more_queues_than_msgmni_are_enospc() {
    let mut room = Room::with(Limits {
        msgmni: 2,
        ..Limits::default()
    });
    let one_more = |room: &mut Room| room.kernel.msgget(room.root, IPC_PRIVATE, 0o600);
    assert!(one_more(&mut room).is_ok());
    assert_eq!(one_more(&mut room), Err(Errno::ENOSPC));
    let by_key = room.kernel.msgget(room.root, 5, IPC_CREAT | 0o600);
    assert_eq!(by_key, Err(Errno::ENOSPC));

    room.remove();
    assert!(one_more(&mut room).is_ok());
}
