//! What one call by itself comes to, as far as `proof/tests/facts` does not ask the model and Linux
//! at once.

use super::Fixture;
use crate::{Credentials, Errno, IPC_CREAT, Kernel, Limits, MSG_COPY, Settings, Status};

#[test]
fn new_queue_belongs_to_its_creator_and_has_the_capacity_msgmnb() {
    let mut kernel = Kernel::new(Limits { msgmnb: 77, ..Limits::default() });
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
fn message_keeps_its_serial_from_the_call_to_the_buffer() {
    let mut fixture = Fixture::holding(1);
    fixture.fill(&[7]);
    fixture.sleeping_sender(8, 0);
    assert_eq!(fixture.receive(0, 0).unwrap().serial, 1);
    assert_eq!(fixture.receive(0, 0).unwrap().serial, 2);
}

#[test]
fn copy_may_fill_the_buffer_and_be_as_long_as_msgmax() {
    let mut fixture = Fixture::new();
    fixture.send(1, b"12345").unwrap();
    fixture.kernel.set_limits(Limits { msgmax: 5, ..Limits::default() });
    let copied = fixture.receive_into(5, 0, MSG_COPY);
    assert_eq!(copied.map(|message| message.mtype), Ok(1));
}

#[test]
fn raising_the_capacity_above_todays_msgmnb_fails_with_eperm() {
    let mut fixture = Fixture::holding(100);
    assert_eq!(fixture.change(|settings| settings.uid = 1000), Ok(()));
    let owner = fixture.user(1000);
    let mut settings = Settings::from(&fixture.status());
    let mut set = |qbytes| {
        settings.qbytes = qbytes;
        fixture.kernel.set(owner, fixture.id, settings)
    };
    assert_eq!(set(101), Err(Errno::EPERM));
    assert_eq!(set(0), Ok(()));
    assert_eq!(set(100), Ok(()));
    // It is today's msgmnb that counts, not the one that the queue was made with.
    fixture.kernel.set_limits(Limits { msgmnb: 99, ..Limits::default() });
    settings.qbytes = 100;
    assert_eq!(fixture.kernel.set(owner, fixture.id, settings), Err(Errno::EPERM));
    assert_eq!(fixture.change(|settings| settings.qbytes = 5000), Ok(()));
}

#[test]
fn capacity_keeps_the_low_32_bits_and_their_sign() {
    let mut fixture = Fixture::new();
    let mut becomes = |qbytes| {
        fixture.change(|settings| settings.qbytes = qbytes).unwrap();
        fixture.status().qbytes
    };
    assert_eq!(becomes((1 << 32) + 500), 500);
    assert_eq!(becomes(i32::MAX as u64), i32::MAX as u64);
    assert_eq!(becomes(1 << 31), 0xffff_ffff_8000_0000);
}

#[test]
fn negative_capacity_fails_with_eperm() {
    let mut fixture = Fixture::new();
    fixture.change(|settings| settings.uid = 1000).unwrap();
    let owner = fixture.user(1000);
    let settings = Settings { qbytes: 0xffff_ffff, ..Settings::from(&fixture.status()) };
    let refused = fixture.kernel.set(owner, fixture.id, settings);
    assert_eq!(refused, Err(Errno::EPERM));
}
