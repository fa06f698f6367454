use super::{Fixture, done};
use crate::{Credentials, Errno, IPC_NOWAIT, Pid};

/// What `pid` gets for writing, reading and `IPC_STAT` of a queue with one message in it.
fn rights(fixture: &mut Fixture, pid: Pid) -> [bool; 3] {
    fixture.send(1, b"").unwrap();
    let (kernel, id) = (&mut fixture.kernel, fixture.id);
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
fn permission_is_checked_for_the_one_class_of_a_process() {
    let mut fixture = Fixture::new();
    let owner = fixture.user(1000);
    let member = fixture.kernel.spawn(Credentials::user(1001, 1000));
    let other = fixture.user(1002);
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
        let set = fixture.change(|settings| {
            settings.uid = 1000;
            settings.gid = 1000;
            settings.mode = mode;
        });
        assert_eq!(set, Ok(()));
        for (pid, expected) in [owner, member, other].into_iter().zip(expected) {
            assert_eq!(rights(&mut fixture, pid), expected, "{mode:o}, {pid}");
        }
    }
}
