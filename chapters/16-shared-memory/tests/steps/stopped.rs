//! A peer that is not dead and does not move, in the middle of a call.

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use ch16_shared_memory::Step;
use nix::errno::Errno;

use crate::Name;

const SHORT: Duration = Duration::from_millis(50);

#[test]
fn stopped_sender_holds_up_senders_until_their_timeout_and_no_receiver() {
    support::alone(|_| {
        let name = Name::new();
        let ring = name.ring(4, 16);
        ring.send(b"before").expect("there is room");
        let (go_on, wait) = mpsc::channel::<()>();
        let (is_inside, inside) = mpsc::channel();
        thread::scope(|scope| {
            let stopped = scope.spawn(|| {
                let (wait, is_inside) = (wait, is_inside);
                ring.try_send_at(b"stopped", |step| {
                    if step == Step::Copied {
                        is_inside.send(()).expect("the test waits");
                        wait.recv().expect("the test goes on");
                    }
                })
            });
            inside.recv().expect("it comes so far");
            assert_eq!(ring.try_send(b"other"), Err(Errno::EBUSY));
            let start = Instant::now();
            assert_eq!(ring.send_timeout(b"other", SHORT), Err(Errno::ETIMEDOUT));
            assert!(start.elapsed() >= SHORT);
            let mut message = Vec::new();
            assert_eq!(ring.try_recv(&mut message), Ok(true));
            assert_eq!(message, b"before");
            assert_eq!(ring.try_recv(&mut message), Ok(false));
            go_on.send(()).expect("it waits");
            assert_eq!(stopped.join().expect("no panic"), Ok(()));
            assert_eq!(ring.try_send(b"other"), Ok(()));
        });
    });
}

#[test]
fn stopped_receiver_holds_up_receivers_until_their_timeout_and_no_sender() {
    support::alone(|_| {
        let name = Name::new();
        let ring = name.ring(4, 16);
        ring.send(b"first").expect("there is room");
        let (go_on, wait) = mpsc::channel::<()>();
        let (is_inside, inside) = mpsc::channel();
        thread::scope(|scope| {
            let stopped = scope.spawn(|| {
                let (wait, is_inside, mut message) = (wait, is_inside, Vec::new());
                let received = ring.try_recv_at(&mut message, |step| {
                    if step == Step::Copied {
                        is_inside.send(()).expect("the test waits");
                        wait.recv().expect("the test goes on");
                    }
                });
                received.map(|_| message)
            });
            inside.recv().expect("it comes so far");
            let mut message = Vec::new();
            assert_eq!(ring.try_recv(&mut message), Err(Errno::EBUSY));
            assert_eq!(ring.recv_timeout(&mut message, SHORT), Ok(false));
            assert_eq!(ring.try_send(b"second"), Ok(()));
            go_on.send(()).expect("it waits");
            assert_eq!(stopped.join().expect("no panic"), Ok(b"first".to_vec()));
            assert_eq!(ring.try_recv(&mut message), Ok(true));
            assert_eq!(message, b"second");
        });
    });
}
