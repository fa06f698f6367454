use super::{Room, done};
use crate::{Errno, IPC_NOWAIT, Limits, MSG_COPY, MSG_EXCEPT, MSG_NOERROR, Message, Outcome};

fn mtype(result: Result<Message, Errno>) -> Result<i64, Errno> {
    result.map(|message| message.mtype)
}

#[test]
fn type_0_is_the_oldest() {
    let mut room = Room::new();
    room.fill(&[3, 1, 2]);
    assert_eq!(mtype(room.receive(0, 0)), Ok(3));
    assert_eq!(room.types(), [1, 2]);
    assert_eq!(room.status().lrpid, Some(room.root));
}

#[test]
fn a_type_is_the_oldest_of_it() {
    let mut room = Room::new();
    room.send(3, b"x").unwrap();
    room.send(2, b"old").unwrap();
    room.send(2, b"new").unwrap();
    assert_eq!(room.receive(2, 0).unwrap().text, b"old");
    assert_eq!(mtype(room.receive(1, 0)), Err(Errno::ENOMSG));
    assert_eq!(room.status().cbytes, 4);
}

#[test]
fn a_negative_type_is_the_lowest_up_to_it_and_the_oldest_of_that() {
    let mut room = Room::new();
    room.fill(&[4, 3]);
    room.send(2, b"old").unwrap();
    room.send(2, b"new").unwrap();
    assert_eq!(mtype(room.receive(-1, 0)), Err(Errno::ENOMSG));
    assert_eq!(room.receive(-3, 0).unwrap().text, b"old");
    assert_eq!(room.receive(i64::MIN, 0).unwrap().text, b"new");
    assert_eq!(mtype(room.receive(i64::MIN, 0)), Ok(3));
}

#[test]
fn except_is_any_other_type_and_is_ignored_without_one() {
    let mut room = Room::new();
    room.fill(&[1, 1, 2, 3, 5]);
    assert_eq!(mtype(room.receive(1, MSG_EXCEPT)), Ok(2));
    assert_eq!(mtype(room.receive(-5, MSG_EXCEPT)), Ok(1));
    assert_eq!(mtype(room.receive(0, MSG_EXCEPT)), Ok(1));
    assert_eq!(room.types(), [3, 5]);
}

#[test]
fn too_small_a_buffer_is_e2big_and_the_message_stays() {
    let mut room = Room::new();
    room.send(1, b"12345").unwrap();
    assert_eq!(mtype(room.receive_into(4, 0, 0)), Err(Errno::E2BIG));
    assert_eq!(room.status().qnum, 1);
    assert_eq!(room.receive_into(5, 0, 0).unwrap().text, b"12345");
}

#[test]
fn noerror_cuts_and_what_is_cut_is_gone() {
    let mut room = Room::new();
    room.send(1, b"12345").unwrap();
    let received = room.receive_into(2, 0, MSG_NOERROR).unwrap();
    assert_eq!(received.text, b"12");
    let status = room.status();
    assert_eq!((status.qnum, status.cbytes), (0, 0));
}

#[test]
fn a_size_that_is_negative_to_c_is_einval() {
    let mut room = Room::new();
    let result = room.receive_into(usize::MAX, 0, 0);
    assert_eq!(mtype(result), Err(Errno::EINVAL));
}

#[test]
fn the_rights_are_looked_at_before_the_messages() {
    let mut room = Room::new();
    let stranger = room.user(1000);
    let outcome = room.kernel.msgrcv(stranger, room.id, 0, 0, IPC_NOWAIT);
    assert_eq!(done(outcome), Err(Errno::EACCES));
}

#[test]
fn a_copy_is_by_place_and_leaves_no_trace() {
    let mut room = Room::new();
    room.fill(&[5, 6]);
    let before = room.status();
    assert_eq!(mtype(room.receive(0, MSG_COPY)), Ok(5));
    assert_eq!(mtype(room.receive(1, MSG_COPY)), Ok(6));
    for place in [2, -1, i64::MAX] {
        assert_eq!(mtype(room.receive(place, MSG_COPY)), Err(Errno::ENOMSG));
    }
    assert_eq!(room.status(), before);
}

#[test]
fn a_copy_must_not_wait_and_has_no_except() {
    let mut room = Room::new();
    room.fill(&[5]);
    let waiting = room.kernel.msgrcv(room.root, room.id, 0, 0, MSG_COPY);
    assert_eq!(waiting, Outcome::Done(Err(Errno::EINVAL)));
    let except = room.receive(0, MSG_COPY | MSG_EXCEPT);
    assert_eq!(mtype(except), Err(Errno::EINVAL));
}

#[test]
fn a_copy_is_never_cut() {
    let mut room = Room::new();
    room.send(1, b"12345").unwrap();
    let short = room.receive_into(4, 0, MSG_COPY);
    assert_eq!(mtype(short), Err(Errno::E2BIG));
    let cut = room.receive_into(4, 0, MSG_COPY | MSG_NOERROR);
    assert_eq!(mtype(cut), Err(Errno::EINVAL));
}

#[test]
fn a_copy_may_fill_the_buffer_and_be_as_long_as_msgmax() {
    let mut room = Room::new();
    room.send(1, b"12345").unwrap();
    room.kernel.set_limits(Limits {
        msgmax: 5,
        ..Limits::default()
    });
    assert_eq!(mtype(room.receive_into(5, 0, MSG_COPY)), Ok(1));
}

#[test]
fn a_message_longer_than_todays_msgmax_can_be_received_but_not_copied() {
    let mut room = Room::new();
    room.send(1, b"12345").unwrap();
    room.kernel.set_limits(Limits {
        msgmax: 4,
        ..Limits::default()
    });
    assert_eq!(mtype(room.receive(0, MSG_COPY)), Err(Errno::EINVAL));
    assert_eq!(mtype(room.receive(0, 0)), Ok(1));
}
