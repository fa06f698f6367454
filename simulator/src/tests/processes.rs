use super::Room;
use crate::{Credentials, Errno, Id, Limits, Pid};

#[test]
fn processes_count_from_1() {
    let mut room = Room::new();
    assert_eq!(room.root, Pid(1));
    assert_eq!(room.another(), Pid(2));
}

#[test]
fn who_becomes_an_ordinary_user_has_lost_the_rights() {
    let mut room = Room::new();
    let pid = room.another();
    assert!(room.kernel.stat(pid, room.id).is_ok());
    room.kernel
        .set_credentials(pid, Credentials::user(1000, 1000));
    assert_eq!(room.kernel.credentials(pid).uid, 1000);
    assert_eq!(room.kernel.stat(pid, room.id), Err(Errno::EACCES));
}

#[test]
#[should_panic(expected = "process 2 is asleep in a call")]
fn a_sleeper_makes_no_other_call() {
    let mut room = Room::new();
    let sleeper = room.sleeping_receiver(10, 0, 0);
    let _ = room.kernel.msgget(sleeper, 1, 0);
}

#[test]
#[should_panic(expected = "there is no process 7")]
fn nobody_makes_no_call() {
    let mut room = Room::new();
    let _ = room.kernel.msgget(Pid(7), 1, 0);
}

#[test]
fn limits_are_those_that_were_set_last() {
    let mut room = Room::holding(7);
    assert_eq!(room.kernel.limits().msgmnb, 7);
    room.kernel.set_limits(Limits {
        msgmnb: 8,
        ..Limits::default()
    });
    assert_eq!(room.kernel.limits().msgmnb, 8);
}

#[test]
fn ids_are_shown_as_numbers() {
    let shown = alloc::format!("{} {}", Id(32769), Pid(2));
    assert_eq!(shown, "32769 2");
}

#[test]
fn each_errno_has_its_number_and_says_what_it_means() {
    for errno in Errno::ALL {
        assert_eq!(Errno::from_raw(errno.raw()), Some(*errno));
    }
    assert_eq!(Errno::from_raw(14), None);
    let shown = alloc::format!("{}", Errno::EIDRM);
    assert_eq!(shown, "EIDRM: the queue was removed while the call waited");
}
