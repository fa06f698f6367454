use alloc::string::String;

use super::Fixture;
use crate::{Credentials, Errno, IPC_NOWAIT, Pid};

/// What `pid` may do with a queue with one message in it: w(rite), r(ead), s(tat), or - for each.
fn rights(fixture: &mut Fixture, pid: Pid) -> String {
    fixture.send(1, b"").unwrap();
    let (kernel, id) = (&mut fixture.kernel, fixture.id);
    let sent = kernel.msgsnd(pid, id, 1, b"", IPC_NOWAIT).done();
    let received = kernel.msgrcv(pid, id, 0, 0, IPC_NOWAIT).done().map(drop);
    let looked = kernel.stat(pid, id).map(drop);
    let letters = [(sent, 'w'), (received, 'r'), (looked, 's')];
    let letters = letters.map(|(result, letter)| match result {
        Ok(()) => letter,
        Err(Errno::EACCES) => '-',
        Err(errno) => panic!("{errno}"),
    });
    letters.into_iter().collect()
}

#[test]
fn permission_is_checked_for_the_one_class_of_a_process() {
    let mut fixture = Fixture::new();
    let owner = fixture.user(1000);
    let member = fixture.kernel.spawn(Credentials::user(1001, 1000));
    let other = fixture.user(1002);
    for (mode, expected) in [
        (0o600, ["wrs", "---", "---"]),
        (0o066, ["---", "wrs", "wrs"]),
        (0o642, ["wrs", "-rs", "w--"]),
    ] {
        let set = fixture.change(|settings| {
            (settings.uid, settings.gid, settings.mode) = (1000, 1000, mode);
        });
        assert_eq!(set, Ok(()));
        let all = [owner, member, other].map(|pid| rights(&mut fixture, pid));
        assert_eq!(all, expected, "{mode:o}");
    }
}
