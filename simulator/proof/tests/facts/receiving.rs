//! Receiving: R4, R5, R6 and R10.

use simulator::{Errno, IPC_NOWAIT, MSG_COPY, MSG_EXCEPT, MSG_NOERROR};

use crate::stage::ROOM;
use crate::{bytes, on_a_queue};

#[test]
fn too_long_message_stays_queued_unless_it_may_be_cut() {
    on_a_queue(|mut kernel, pid, id| {
        kernel.send(pid, id, 1, "long").expect("there is room");
        kernel.send(pid, id, 2, "longer").expect("there is room");
        assert_eq!(kernel.take_with(pid, id, 3, 0, 0), Err(Errno::E2BIG));
        assert_eq!(kernel.fill(id), (2, 10));
        let cut = kernel.take_with(pid, id, 3, 0, MSG_NOERROR);
        assert_eq!(cut, Ok((1, "lon".to_owned())));
        let discarded = kernel.take_with(pid, id, 0, 0, MSG_NOERROR);
        assert_eq!(discarded, Ok((2, String::new())));
        assert_eq!(kernel.fill(id), (0, 0));
    });
}

#[test]
fn too_long_message_hides_those_after_it() {
    on_a_queue(|mut kernel, pid, id| {
        kernel.send(pid, id, 1, "long").expect("there is room");
        kernel.send(pid, id, 2, "x").expect("there is room");
        assert_eq!(kernel.take_with(pid, id, 1, 0, 0), Err(Errno::E2BIG));
        assert_eq!(kernel.take_with(pid, id, 1, 2, 0), Ok((2, "x".to_owned())));
    });
}

#[test]
fn empty_queue_fails_with_enomsg_and_full_queue_with_eagain() {
    on_a_queue(|mut kernel, pid, id| {
        assert_eq!(kernel.take(pid, id, 0), Err(Errno::ENOMSG));
        kernel.send_bytes(pid, id, 8192).expect("there is room");
        kernel.send_bytes(pid, id, 8192).expect("there is room");
        assert_eq!(kernel.send_bytes(pid, id, 1), Err(Errno::EAGAIN));
    });
}

#[test]
fn copy_takes_the_number_as_an_index_and_leaves_the_message() {
    on_a_queue(|mut kernel, pid, id| {
        kernel.send_types(pid, id, &[5, 3]);
        let before = kernel.observe(id);
        let mut copy = |place| kernel.take_with(pid, id, ROOM, place, MSG_COPY);
        assert_eq!(copy(0), Ok((5, "a".to_owned())));
        assert_eq!(copy(1), Ok((3, "b".to_owned())));
        for place in [2, 1000, i64::MAX] {
            assert_eq!(copy(place), Err(Errno::ENOMSG));
        }
        assert_eq!(kernel.observe(id), before, "lrpid included");
        assert_eq!(before.expect("it is there").lrpid, None);
    });
}

#[test]
fn copy_at_a_negative_index_fails_with_enomsg() {
    on_a_queue(|mut kernel, pid, id| {
        kernel.send_types(pid, id, &[1, 1]);
        let copied = kernel.take_with(pid, id, ROOM, -1, MSG_COPY);
        assert_eq!(copied, Err(Errno::ENOMSG));
    });
}

#[test]
fn copy_without_nowait_or_with_except_fails_with_einval() {
    on_a_queue(|mut kernel, pid, id| {
        kernel.send_types(pid, id, &[1]);
        for flags in [MSG_COPY, MSG_COPY | MSG_EXCEPT | IPC_NOWAIT] {
            let copied = kernel.msgrcv(pid, id, ROOM, 0, flags);
            assert_eq!(copied.done(), Err(Errno::EINVAL));
        }
    });
}

#[test]
fn copy_neither_truncates_nor_overflows() {
    on_a_queue(|mut kernel, pid, id| {
        kernel.send(pid, id, 1, "long").expect("there is room");
        let mut copy = |flags| kernel.take_with(pid, id, 3, 0, MSG_COPY | flags);
        assert_eq!(copy(0), Err(Errno::E2BIG));
        assert_eq!(copy(MSG_NOERROR), Err(Errno::EINVAL));
    });
}

#[test]
fn message_longer_than_todays_msgmax_is_received_and_not_copied() {
    on_a_queue(|mut kernel, pid, id| {
        kernel.send(pid, id, 1, "eight...").expect("there is room");
        kernel.set_limits(bytes(4, 16_384));
        assert_eq!(kernel.send(pid, id, 1, "eight..."), Err(Errno::EINVAL));
        let copied = kernel.take_with(pid, id, ROOM, 0, MSG_COPY);
        assert_eq!(copied, Err(Errno::EINVAL));
        let taken = kernel.take_with(pid, id, ROOM, 0, 0);
        assert_eq!(taken, Ok((1, "eight...".to_owned())));
    });
}

#[test]
fn buffer_may_be_larger_than_msgmax_and_not_larger_than_a_long() {
    on_a_queue(|mut kernel, pid, id| {
        kernel.send_types(pid, id, &[1, 1]);
        for (size, expected) in [
            (1 << 40, Ok((1, "a".to_owned()))),
            (i64::MAX as usize, Ok((1, "b".to_owned()))),
            (1 << 63, Err(Errno::EINVAL)),
            (usize::MAX, Err(Errno::EINVAL)),
        ] {
            assert_eq!(kernel.take_with(pid, id, size, 0, 0), expected);
        }
    });
}
