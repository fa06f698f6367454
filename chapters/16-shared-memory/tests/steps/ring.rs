//! What a ring does while nobody dies.

use std::os::unix::thread::JoinHandleExt;
use std::thread;
use std::time::{Duration, Instant};

use ch16_shared_memory::{Ring, Shape};
use nix::errno::Errno;
use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, sigaction};

use crate::Name;

#[test]
fn messages_come_out_in_order_and_as_they_were() {
    support::alone(|_| {
        let name = Name::new();
        let ring = name.ring(8, 20);
        let other = Ring::open(&name.0).expect("it is there");
        let mut message = b"what was there before".to_vec();
        for length in 0..=20 {
            let sent: Vec<u8> = (0..length).map(|byte| byte + length).collect();
            assert_eq!(ring.try_send(&sent), Ok(()));
            assert_eq!(other.len(), Ok(1));
            assert_eq!(other.try_recv(&mut message), Ok(true));
            assert_eq!(message, sent);
        }
        assert_eq!(other.try_recv(&mut message), Ok(false));
    });
}

#[test]
fn full_ring_refuses_and_longer_message_is_refused_at_any_time() {
    support::alone(|_| {
        let name = Name::new();
        let ring = name.ring(4, 16);
        for number in 0..4 {
            assert_eq!(ring.try_send(&[number]), Ok(()));
        }
        assert_eq!(ring.try_send(b""), Err(Errno::EAGAIN));
        assert_eq!(ring.try_send(&[0; 17]), Err(Errno::EMSGSIZE));
        let timeout = Duration::from_millis(30);
        let start = Instant::now();
        assert_eq!(ring.send_timeout(b"", timeout), Err(Errno::ETIMEDOUT));
        assert!(start.elapsed() >= timeout);
        let mut message = Vec::new();
        assert_eq!(ring.try_recv(&mut message), Ok(true));
        assert_eq!(message, [0]);
        assert_eq!(ring.try_send(&[9; 16]), Ok(()));
    });
}

#[test]
fn timeout_of_empty_ring_is_never_early() {
    support::alone(|_| {
        let name = Name::new();
        let ring = name.ring(1, 0);
        for timeout in [0, 1, 30, 150].map(Duration::from_millis) {
            let start = Instant::now();
            assert_eq!(ring.recv_timeout(&mut Vec::new(), timeout), Ok(false));
            assert!(start.elapsed() >= timeout);
        }
    });
}

#[test]
fn each_of_several_receivers_gets_others_of_what_several_senders_send() {
    const EACH: u32 = 2000;
    support::alone(|_| {
        let name = Name::new();
        let ring = name.ring(8, 8);
        let mut received = thread::scope(|scope| {
            let receivers: Vec<_> = (0..3)
                .map(|_| {
                    scope.spawn(|| {
                        let (mut all, mut message) = (Vec::new(), Vec::new());
                        loop {
                            match ring.recv(&mut message) {
                                Ok(()) => all.push(u32::from_ne_bytes(
                                    message[..].try_into().expect("four bytes"),
                                )),
                                Err(Errno::EPIPE) => return all,
                                Err(errno) => panic!("{errno}"),
                            }
                        }
                    })
                })
                .collect();
            let senders: Vec<_> = (0..3)
                .map(|sender| {
                    let ring = Ring::open(&name.0).expect("it is there");
                    scope.spawn(move || {
                        for number in 0..EACH {
                            ring.send(&(sender * EACH + number).to_ne_bytes()).expect("it is open");
                        }
                    })
                })
                .collect();
            senders.into_iter().for_each(|sender| sender.join().expect("no panic"));
            ring.close().expect("it can be closed");
            let all = receivers.into_iter().map(|receiver| receiver.join().expect("no panic"));
            all.inspect(|one| {
                // Of each sender in order.
                for sender in 0..3 {
                    let its = one.iter().filter(|number| **number / EACH == sender);
                    assert!(its.is_sorted());
                }
            })
            .flatten()
            .collect::<Vec<_>>()
        });
        received.sort_unstable();
        assert!(received.into_iter().eq(0..3 * EACH));
    });
}

#[test]
fn closed_ring_gives_what_was_accepted_and_then_the_end() {
    support::alone(|_| {
        let name = Name::new();
        let ring = name.ring(4, 8);
        ring.send(b"first").expect("there is room");
        ring.send(b"second").expect("there is room");
        ring.close().expect("it can be closed");
        assert_eq!(ring.try_send(b"third"), Err(Errno::EPIPE));
        assert_eq!(ring.send(b"third"), Err(Errno::EPIPE));
        let mut message = Vec::new();
        for text in [&b"first"[..], b"second"] {
            assert_eq!(ring.recv(&mut message), Ok(()));
            assert_eq!(message, text);
        }
        assert_eq!(ring.recv(&mut message), Err(Errno::EPIPE));
        assert_eq!(ring.try_recv(&mut message), Err(Errno::EPIPE));
    });
}

#[test]
fn close_wakes_sleepers_on_either_side() {
    support::alone(|_| {
        let names = [Name::new(), Name::new()];
        let [empty, full] = names.each_ref().map(|name| name.ring(1, 8));
        full.send(b"1").expect("there is room");
        thread::scope(|scope| {
            let receiver = scope.spawn(|| empty.recv(&mut Vec::new()));
            let sender = scope.spawn(|| full.send(b"2"));
            for ring in [&empty, &full] {
                ring.close().expect("it can be closed");
            }
            assert_eq!(receiver.join().expect("no panic"), Err(Errno::EPIPE));
            assert_eq!(sender.join().expect("no panic"), Err(Errno::EPIPE));
        });
    });
}

#[test]
fn signal_interrupts_a_sleep_with_eintr() {
    extern "C" fn nothing(_signal: i32) {}
    support::alone(|_| {
        let name = Name::new();
        let ring = name.ring(1, 8);
        let action =
            SigAction::new(SigHandler::Handler(nothing), SaFlags::empty(), SigSet::empty());
        // SAFETY: the handler does nothing, and no other test uses this signal.
        unsafe { sigaction(Signal::SIGUSR2, &action) }.expect("it can be handled");
        let receiver = thread::spawn(move || ring.recv(&mut Vec::new()));
        support::until("the signal to come in its sleep", || {
            // SAFETY: the thread has not been joined yet, so its number is good.
            let sent = unsafe { libc::pthread_kill(receiver.as_pthread_t() as _, libc::SIGUSR2) };
            assert_eq!(sent, 0);
            receiver.is_finished()
        });
        assert_eq!(receiver.join().expect("no panic"), Err(Errno::EINTR));
    });
}

#[test]
fn shape_must_be_a_power_of_two_and_bounded() {
    for (slots, longest) in [(0, 1), (3, 1), (1 << 17, 1), (1, (1 << 20) + 1)] {
        assert_eq!(Shape::new(slots, longest), Err(Errno::EINVAL), "{slots} {longest}");
    }
    assert!(Shape::new(1 << 16, 1 << 10).is_ok());
}
