//! Sleeping senders and what wakes them: S2, S5, X4.

use simulator::Errno;

use crate::stage::ROOM;
use crate::{bytes, on_a_queue, on_a_queue_with, on_both_with_users};

fn sent() -> Result<String, Errno> {
    Ok("sent".to_owned())
}

#[test]
fn sender_to_a_full_queue_sleeps_until_space_a_signal_or_removal() {
    on_a_queue_with(bytes(10, 10), |mut kernel, pid, id| {
        let sender = kernel.root();
        assert_eq!(kernel.send_bytes(pid, id, 10), Ok(()));
        kernel.sleep_sending(sender, id, 10);
        assert!(kernel.take(pid, id, 0).is_ok());
        assert_eq!(kernel.awake(), [(sender, sent())]);
        kernel.sleep_sending(sender, id, 10);
        kernel.interrupt(sender);
        assert_eq!(kernel.awake(), [(sender, Err(Errno::EINTR))]);
        assert_eq!(kernel.fill(id), (1, 10), "it has not been sent");
        kernel.sleep_sending(sender, id, 10);
        assert_eq!(kernel.remove(pid, id), Ok(()));
        assert_eq!(kernel.awake(), [(sender, Err(Errno::EIDRM))]);
    });
}

#[test]
fn sleeping_long_message_is_overtaken_by_50_of_50_short_ones() {
    on_a_queue(|mut kernel, pid, id| {
        let long = kernel.root();
        for _ in 0..16 {
            assert_eq!(kernel.send_bytes(pid, id, 1000), Ok(()));
        }
        kernel.sleep_sending(long, id, 8000);
        for _ in 0..50 {
            assert!(kernel.take(pid, id, 0).is_ok());
            assert_eq!(kernel.send_bytes(pid, id, 1000), Ok(()), "it came later");
        }
        assert!(kernel.is_asleep(long));
        assert_eq!(kernel.awake(), []);
        for _ in 0..8 {
            assert!(kernel.take(pid, id, 0).is_ok());
        }
        assert_eq!(kernel.awake(), [(long, sent())], "once half of it is empty");
    });
}

#[test]
fn shorter_sleeper_overtakes_a_longer_one() {
    on_a_queue_with(bytes(100, 100), |mut kernel, pid, id| {
        let (long, short) = (kernel.root(), kernel.root());
        assert_eq!(kernel.send_bytes(pid, id, 30), Ok(()));
        assert_eq!(kernel.send_bytes(pid, id, 70), Ok(()));
        kernel.sleep_sending(long, id, 50);
        kernel.sleep_sending(short, id, 30);
        assert!(kernel.take(pid, id, 0).is_ok(), "the one of 30 bytes");
        assert_eq!(kernel.awake(), [(short, sent())]);
        assert!(kernel.take(pid, id, 0).is_ok(), "the one of 70 bytes");
        assert_eq!(kernel.awake(), [(long, sent())]);
    });
}

#[test]
fn change_wakes_a_sender_only_if_its_message_fits() {
    on_both_with_users(|mut kernel| {
        let (pid, writer) = (kernel.root(), kernel.user(50));
        let id = kernel.msgget(pid, 0, 0o666).expect("there is room");
        kernel.must_change(pid, id, |settings| settings.qbytes = 0);
        kernel.sleep_sending(writer, id, 1);
        kernel.must_change(pid, id, |settings| settings.mode = 0o600);
        assert!(kernel.is_asleep(writer), "it does not know yet that it may not");
        kernel.must_change(pid, id, |settings| settings.qbytes = 1);
        assert_eq!(kernel.awake(), [(writer, Err(Errno::EACCES))]);
    });
}

#[test]
fn more_capacity_wakes_a_sender() {
    on_a_queue(|mut kernel, pid, id| {
        let sender = kernel.root();
        kernel.must_change(pid, id, |settings| settings.qbytes = 0);
        kernel.sleep_sending(sender, id, 10);
        kernel.must_change(pid, id, |settings| settings.qbytes = 10);
        assert_eq!(kernel.awake(), [(sender, sent())]);
        assert_eq!(kernel.msgrcv(pid, id, ROOM, 0, 0).done().map(|it| it.mtype), Ok(1));
    });
}
