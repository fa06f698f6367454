//! Numbers at their ends: the positions, and the times.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::thread;
use std::time::Duration;

use ch16_shared_memory::{Ring, SealedReceiver, SealedSender, Shape, sealed_memory};
use nix::errno::Errno;

use crate::Name;

/// Where the two positions lie in the memory.
const TAIL: u64 = 64;
const HEAD: u64 = 128;

/// As if nearly all messages that can be numbered had been sent and received.
fn age(file: &File) {
    for position in [TAIL, HEAD] {
        file.write_all_at(&(u64::MAX - 2).to_ne_bytes(), position).expect("it is ours");
    }
}

#[test]
fn positions_go_on_at_zero_after_the_last_number() {
    support::alone(|_| {
        let (name, mut message) = (Name::new(), Vec::new());
        let ring = name.ring(4, 16);
        let file = File::options().write(true).open(format!("/dev/shm{}", name.0));
        age(&file.expect("it is ours"));
        let memory = sealed_memory(Shape::new(4, 16).expect("a shape")).expect("there is memory");
        age(&File::from(memory.try_clone().expect("there may be two")));
        let mut sender = SealedSender::open(&memory).expect("it is a ring");
        let mut receiver = SealedReceiver::open(&memory).expect("it is a ring");

        for round in 0..3_u8 {
            for number in 0..4 {
                assert_eq!(ring.len(), Ok(number.into()));
                assert_eq!(ring.try_send(&[round, number]), Ok(()));
                assert_eq!(sender.try_send(&[round, number]), Ok(()));
            }
            assert_eq!(ring.try_send(b"fifth"), Err(Errno::EAGAIN));
            assert_eq!(sender.try_send(b"fifth"), Err(Errno::EAGAIN));
            for number in 0..4 {
                assert_eq!(ring.try_recv(&mut message), Ok(true));
                assert_eq!(message, [round, number]);
                assert_eq!(receiver.try_recv(&mut message), Ok(true));
                assert_eq!(message, [round, number]);
            }
            assert_eq!(ring.try_recv(&mut message), Ok(false));
            assert_eq!(receiver.try_recv(&mut message), Ok(false));
        }
    });
}

#[test]
fn longest_timeout_waits_and_the_shortest_looks_once() {
    support::alone(|_| {
        let (name, mut message) = (Name::new(), Vec::new());
        let ring = name.ring(1, 16);
        assert_eq!(ring.recv_timeout(&mut message, Duration::ZERO), Ok(false));
        thread::scope(|scope| {
            let other = Ring::open(&name.0).expect("it is there");
            let receiver = scope.spawn(move || other.recv_timeout(&mut message, Duration::MAX));
            assert_eq!(ring.send_timeout(b"first", Duration::MAX), Ok(()));
            assert_eq!(receiver.join().expect("no panic"), Ok(true));
        });
        assert_eq!(ring.send_timeout(b"second", Duration::ZERO), Ok(()));
        assert_eq!(ring.send_timeout(b"third", Duration::ZERO), Err(Errno::ETIMEDOUT));
    });
}

/// A mutex looks otherwise with another one, and a semaphore does.
#[test]
fn version_in_the_header_depends_on_the_c_library() {
    support::alone(|_| {
        let (first, second) = (Name::new(), Name::new());
        let shape = Shape::new(4, 16).expect("a shape");
        let _ring = first.ring(4, 16);
        let _other = ch16_shared_memory::SemaphoreRing::create_new(&second.0, shape);
        for name in [first, second] {
            let mut version = [0; 4];
            let file = File::open(format!("/dev/shm{}", name.0)).expect("it is ours");
            file.read_exact_at(&mut version, 8).expect("it is long enough");
            let version = u32::from_ne_bytes(version);
            assert_eq!(version & 1, cfg!(target_env = "musl").into(), "{version:x}");
            // Without the kinds, that is the size of what the C library has there.
            assert!((version & 0xffff) >> 1 >= 16, "{version:x}");
        }
    });
}
