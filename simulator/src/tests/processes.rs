use super::Fixture;
use crate::{Credentials, Errno, Id, Limits, Pid};

#[test]
fn processes_count_from_1() {
    let mut fixture = Fixture::new();
    assert_eq!(fixture.root, Pid(1));
    assert_eq!(fixture.another(), Pid(2));
}

#[test]
fn process_that_becomes_an_ordinary_user_loses_its_rights() {
    let mut fixture = Fixture::new();
    let pid = fixture.another();
    assert!(fixture.kernel.stat(pid, fixture.id).is_ok());
    fixture.kernel.set_credentials(pid, Credentials::user(1000, 1000));
    assert_eq!(fixture.kernel.credentials(pid).uid, 1000);
    assert_eq!(fixture.kernel.stat(pid, fixture.id), Err(Errno::EACCES));
}

#[test]
#[should_panic(expected = "process 2 is asleep in a call")]
fn call_of_a_sleeper_panics() {
    let mut fixture = Fixture::new();
    let sleeper = fixture.sleeping_receiver(10, 0, 0);
    let _ = fixture.kernel.msgget(sleeper, 1, 0);
}

#[test]
#[should_panic(expected = "there is no process 7")]
fn call_of_an_unknown_process_panics() {
    let mut fixture = Fixture::new();
    let _ = fixture.kernel.msgget(Pid(7), 1, 0);
}

#[test]
fn limits_are_those_that_were_set_last() {
    let mut fixture = Fixture::holding(7);
    assert_eq!(fixture.kernel.limits().msgmnb, 7);
    fixture.kernel.set_limits(Limits { msgmnb: 8, ..Limits::default() });
    assert_eq!(fixture.kernel.limits().msgmnb, 8);
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
