//! Sending: S1, S3, S6 and S7.

use simulator::{Errno, Outcome};

use crate::{bytes, on_a_queue, on_a_queue_with};

#[test]
fn queue_is_full_by_bytes() {
    on_a_queue_with(bytes(100, 10), |mut kernel, pid, id| {
        assert_eq!(kernel.send_bytes(pid, id, 7), Ok(()));
        assert_eq!(kernel.send_bytes(pid, id, 4), Err(Errno::EAGAIN));
        assert_eq!(kernel.send_bytes(pid, id, 3), Ok(()));
        assert_eq!(kernel.send_bytes(pid, id, 1), Err(Errno::EAGAIN));
        assert_eq!(kernel.send_bytes(pid, id, 0), Ok(()), "where no byte fits");
        assert_eq!(kernel.fill(id), (3, 10));
    });
}

#[test]
fn queue_is_full_by_messages() {
    on_a_queue(|mut kernel, pid, id| {
        for _ in 0..16_384 {
            assert_eq!(kernel.send_bytes(pid, id, 0), Ok(()));
        }
        assert_eq!(kernel.send_bytes(pid, id, 0), Err(Errno::EAGAIN));
        assert_eq!(kernel.fill(id), (16_384, 0));
    });
}

#[test]
fn message_above_msgmax_fails_with_einval_and_above_the_capacity_waits() {
    on_a_queue(|mut kernel, pid, id| {
        let other = kernel.root();
        assert_eq!(kernel.send_bytes(pid, id, 8193), Err(Errno::EINVAL));
        assert_eq!(kernel.send_bytes(pid, id, 8192), Ok(()));
        assert!(kernel.take(pid, id, 0).is_ok());
        kernel.must_change(pid, id, |settings| settings.qbytes = 10);
        assert_eq!(kernel.send_bytes(pid, id, 11), Err(Errno::EAGAIN));
        kernel.sleep_sending(other, id, 11);
        assert_eq!(kernel.fill(id), (0, 0), "it waits for room in an empty queue");
        assert_eq!(kernel.remove(pid, id), Ok(()));
        assert_eq!(kernel.awake(), [(other, Err(Errno::EIDRM))]);
    });
}

#[test]
fn sleeping_receiver_makes_no_room() {
    on_a_queue_with(bytes(10, 10), |mut kernel, pid, id| {
        let waiting = kernel.root();
        assert_eq!(kernel.send_bytes(pid, id, 10), Ok(()));
        kernel.sleep_receiving(waiting, id, 2, 0);
        assert_eq!(kernel.send(pid, id, 2, "x"), Err(Errno::EAGAIN));
        assert!(kernel.take(pid, id, 1).is_ok());
        assert_eq!(kernel.send(pid, id, 2, "x"), Ok(()));
        assert_eq!(kernel.awake(), [(waiting, Ok("x".to_owned()))]);
    });
}

#[test]
fn request_and_reply_over_one_queue_deadlock() {
    const REQUEST: i64 = 1;
    const REPLY: i64 = 2;
    on_a_queue_with(bytes(100, 100), |mut kernel, server, id| {
        let (client, second) = (kernel.root(), kernel.root());
        let long = [0; 100];
        let asked = kernel.msgsnd(client, id, REQUEST, &long, 0);
        assert_eq!(asked, Outcome::Done(Ok(())));
        kernel.sleep_receiving(client, id, REPLY, 0);
        let taken = kernel.msgrcv(server, id, 100, REQUEST, 0);
        assert!(matches!(taken, Outcome::Done(Ok(_))));
        // Before the server replies, somebody else asks: now nobody can go on.
        let asked = kernel.msgsnd(second, id, REQUEST, &long, 0);
        assert_eq!(asked, Outcome::Done(Ok(())));
        kernel.sleep_receiving(second, id, REPLY, 0);
        let reply = kernel.msgsnd(server, id, REPLY, b"x", 0);
        assert_eq!(reply, Outcome::Asleep);
        assert!([server, client, second].into_iter().all(|pid| kernel.is_asleep(pid)));
    });
}

#[test]
fn capacity_0_refuses_every_message_and_keeps_those_there() {
    on_a_queue(|mut kernel, pid, id| {
        assert_eq!(kernel.send(pid, id, 1, "before"), Ok(()));
        kernel.must_change(pid, id, |settings| settings.qbytes = 0);
        assert_eq!(kernel.send(pid, id, 1, ""), Err(Errno::EAGAIN));
        assert_eq!(kernel.take(pid, id, 0), Ok((1, "before".to_owned())));
        assert_eq!(kernel.send(pid, id, 1, ""), Err(Errno::EAGAIN), "still");
    });
}
