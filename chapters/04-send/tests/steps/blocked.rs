//! Waiting for room, and what ends it.

use std::ffi::c_int;

use ch02_create::Queue;
use ch04_send::Sender;
use nix::errno::Errno;
use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, sigaction};
use support::{Room, asleep_in_msg_call, while_asleep};

use crate::{ONE, new_queue, raw};

/// A queue in which ten bytes wait, and there is room for no more.
fn full_queue(room: &Room) -> Queue {
    let queue = new_queue(room);
    raw::set_capacity(queue, 10);
    Sender::new(queue).try_send(ONE, b"ten bytes.").expect("there is room");
    queue
}

#[test]
fn blocked_sender_is_woken_by_room() {
    support::alone(|room| {
        let queue = full_queue(room);
        let sent = while_asleep(
            || Sender::new(queue).send(ONE, b"next"),
            |_| {
                assert_eq!(raw::take(queue), (1, b"ten bytes.".to_vec()));
            },
        );
        assert_eq!(sent, Ok(()));
        assert_eq!(raw::take(queue), (1, b"next".to_vec()));
        room.remove(queue.id());
    });
}

#[test]
fn blocked_sender_is_woken_by_more_capacity() {
    support::alone(|room| {
        let queue = full_queue(room);
        let sent = while_asleep(
            || Sender::new(queue).send(ONE, b"next"),
            |_| raw::set_capacity(queue, 14),
        );
        assert_eq!(sent, Ok(()));
        room.remove(queue.id());
    });
}

#[test]
fn blocked_sender_learns_of_the_removal() {
    support::alone(|room| {
        let queue = full_queue(room);
        let sent =
            while_asleep(|| Sender::new(queue).send(ONE, b"next"), |_| room.remove(queue.id()));
        assert_eq!(sent, Err(Errno::EIDRM));
    });
}

#[test]
fn signal_interrupts_a_blocked_sender_whatever_sa_restart_says() {
    extern "C" fn nothing(_: c_int) {}
    let handler = SigHandler::Handler(nothing);
    let action = SigAction::new(handler, SaFlags::SA_RESTART, SigSet::empty());
    // SAFETY: the handler does nothing, so it can run anywhere. No other test uses this signal.
    unsafe { sigaction(Signal::SIGUSR1, &action) }.expect("SIGUSR1 can be handled");

    support::alone(|room| {
        let queue = full_queue(room);
        let sent = while_asleep(
            || Sender::new(queue).send(ONE, b"next"),
            |sleeper| {
                let process = std::process::id();
                // SAFETY: the call takes three numbers.
                let done =
                    unsafe { libc::syscall(libc::SYS_tgkill, process, sleeper, libc::SIGUSR1) };
                Errno::result(done).expect("the thread is ours");
            },
        );
        assert_eq!(sent, Err(Errno::EINTR));
        assert_eq!(room.queues()[0].qnum, 1, "nothing was sent");
        room.remove(queue.id());
    });
}

#[test]
fn message_longer_than_the_capacity_waits_for_ever() {
    support::alone(|room| {
        let queue = new_queue(room);
        raw::set_capacity(queue, 10);
        let mut sender = Sender::new(queue);
        assert_eq!(sender.try_send(ONE, b"eleven bytes"), Err(Errno::EAGAIN));
        // The queue is empty, and still there is no room: nobody but the removal can end this.
        let sent = while_asleep(
            || Sender::new(queue).send(ONE, b"eleven bytes"),
            |_| {
                assert_eq!(room.queues()[0].qnum, 0);
                room.remove(queue.id());
            },
        );
        assert_eq!(sent, Err(Errno::EIDRM));
    });
}

#[test]
fn blocked_long_message_is_overtaken_by_every_short_one() {
    support::in_namespace(|room| {
        let queue = new_queue(room);
        let mut sender = Sender::new(queue);
        for _ in 0..16 {
            sender.try_send(ONE, &[b's'; 1000]).expect("there is room");
        }
        let sent = while_asleep(
            || Sender::new(queue).send(ONE, &[b'l'; 8000]),
            |sleeper| {
                for _ in 0..50 {
                    raw::take(queue);
                    let overtook = sender.try_send(ONE, &[b's'; 1000]);
                    assert_eq!(overtook, Ok(()), "it came later");
                }
                support::until("the long message to be asleep again", || {
                    asleep_in_msg_call(sleeper)
                });
                assert_eq!(room.queues()[0].qnum, 16, "the long one is not among them");
                (0..16).for_each(|_| assert_eq!(raw::take(queue).1.len(), 1000));
            },
        );
        assert_eq!(sent, Ok(()));
        assert_eq!(raw::take(queue).1.len(), 8000);
        room.remove(queue.id());
    });
}

#[test]
fn shorter_message_overtakes_a_longer_one_that_sleeps_as_well() {
    support::alone(|room| {
        let queue = full_queue(room);
        let send = |bytes| move || Sender::new(queue).send(ONE, bytes);
        let long = while_asleep(send(b"long one"), |_| {
            let short = while_asleep(send(b"short"), |_| {
                // Room for the later one of the two only.
                raw::set_capacity(queue, 15);
            });
            assert_eq!(short, Ok(()));
            raw::set_capacity(queue, 23);
        });
        assert_eq!(long, Ok(()));
        let received = [(); 3].map(|()| raw::take(queue).1);
        assert_eq!(received, [&b"ten bytes."[..], b"short", b"long one"]);
        room.remove(queue.id());
    });
}
