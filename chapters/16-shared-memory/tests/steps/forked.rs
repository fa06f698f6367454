//! A child that was forked while something was going on.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use ch16_shared_memory::{OwnedRing, Ring, Step};
use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitStatus, waitpid};
use nix::unistd::{ForkResult, Pid, alarm, fork, pause};

use crate::{Name, sleeps};

/// A child that does this, which must not allocate, and ends: with 0, if it was as expected.
fn child(work: impl FnOnce() -> bool) -> Pid {
    // SAFETY: the child makes system calls, and uses what needs no lock of this process.
    match unsafe { fork() }.expect("there may be one more") {
        ForkResult::Parent { child } => child,
        ForkResult::Child => {
            let status = i32::from(!work());
            // SAFETY: it ends the process at once.
            unsafe { libc::_exit(status) }
        }
    }
}

#[track_caller]
fn ended(child: Pid) {
    assert_eq!(waitpid(child, None), Ok(WaitStatus::Exited(child, 0)));
}

#[test]
fn child_forked_while_another_thread_is_inside_goes_in_after_it() {
    support::alone(|_| {
        let (name, mut message) = (Name::new(), Vec::new());
        let ring = name.ring(4, 16);
        let (go_on, wait) = mpsc::channel::<()>();
        let (is_inside, inside) = mpsc::channel();
        thread::scope(|scope| {
            let slow = scope.spawn(|| {
                let (wait, is_inside) = (wait, is_inside);
                ring.try_send_at(b"parent", |step| {
                    if step == Step::Copied {
                        is_inside.send(()).expect("the test waits");
                        wait.recv().expect("the test goes on");
                    }
                })
            });
            inside.recv().expect("it comes so far");
            let child = child(|| ring.send_timeout(b"child", Duration::from_secs(60)).is_ok());
            support::until("the child to wait outside", || sleeps(child.as_raw()));
            assert_eq!(ring.len(), Ok(0));
            go_on.send(()).expect("it waits");
            assert_eq!(slow.join().expect("no panic"), Ok(()));
            ended(child);
        });
        for text in [&b"parent"[..], b"child"] {
            assert_eq!(ring.try_recv(&mut message), Ok(true));
            assert_eq!(message, text);
        }
    });
}

#[test]
fn panic_in_the_middle_of_a_call_leaves_a_ring_that_goes_on() {
    support::alone(|_| {
        let (name, mut message) = (Name::new(), Vec::new());
        let ring = name.ring(4, 16);
        for place in [Step::Entered, Step::Copied] {
            let at = |step| assert_ne!(step, place);
            support::caught(|| ring.try_send_at(b"lost", at)).expect_err("it panics");
            assert_eq!(ring.try_send(b"hello"), Ok(()));
            support::caught(|| ring.try_recv_at(&mut Vec::new(), at)).expect_err("it panics");
            assert_eq!(ring.try_recv(&mut message), Ok(true));
            assert_eq!((&message[..], ring.len()), (&b"hello"[..], Ok(0)));
        }
    });
}

#[test]
fn child_that_drops_its_copy_leaves_the_right_to_serve_to_its_parent() {
    support::alone(|_| {
        let name = Name::new();
        let shape = name.ring(4, 16).shape();
        let (first, _) = OwnedRing::serve(&name.0, shape).expect("nobody serves it");
        let mut copy = Some(first);
        let child = child(|| {
            drop(copy.take());
            true
        });
        ended(child);
        assert_eq!(OwnedRing::serve(&name.0, shape).map(drop), Err(Errno::EBUSY));
        assert_eq!(copy.expect("this one was not dropped").remove(), Ok(()));
    });
}

#[test]
fn child_that_lives_keeps_the_right_to_serve_of_a_dead_parent() {
    support::alone(|_| {
        let name = Name::new();
        let ring = name.ring(4, 16);
        let server = child(|| {
            let served = OwnedRing::serve(&name.0, ring.shape());
            let grandchild = child(|| {
                alarm::set(30); // should the test fail
                pause();
                false
            });
            let sent = ring.try_send(&grandchild.as_raw().to_ne_bytes());
            let is_served = served.is_ok();
            std::mem::forget(served); // as if it were killed
            is_served && sent.is_ok()
        });
        ended(server);
        let mut message = Vec::new();
        assert_eq!(ring.try_recv(&mut message), Ok(true));
        let grandchild = i32::from_ne_bytes(message.try_into().expect("a number"));
        let again = || OwnedRing::serve(&name.0, ring.shape()).map(drop);
        assert_eq!(again(), Err(Errno::EBUSY));
        kill(Pid::from_raw(grandchild), Signal::SIGKILL).expect("it is ours");
        support::until("its descriptors to be closed", || again().is_ok());
        assert!(Ring::open(&name.0).is_ok());
    });
}
