//! One server at a time, and what the next one finds.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::thread;

use ch16_shared_memory::{OwnedRing, Ring, Shape};
use nix::errno::Errno;

use crate::Name;

fn shape() -> Shape {
    Shape::new(8, 32).expect("a shape")
}

#[test]
fn second_server_is_refused_while_the_first_lives() {
    support::alone(|_| {
        let name = Name::new();
        let (first, found) = OwnedRing::serve(&name.0, shape()).expect("nobody has it");
        assert_eq!(found, None);
        assert_eq!(OwnedRing::serve(&name.0, shape()).map(drop), Err(Errno::EBUSY));
        first.remove().expect("it is ours");
        assert!(!name.is_in_use());
        assert_eq!(Ring::open(&name.0).map(drop), Err(Errno::ENOENT));
    });
}

#[test]
fn name_that_somebody_else_has_removed_and_used_again_is_left_alone() {
    support::alone(|_| {
        let name = Name::new();
        let (first, _) = OwnedRing::serve(&name.0, shape()).expect("nobody has it");
        ch16_shared_memory::unlink(&name.0).expect("it is ours");
        let (second, found) = OwnedRing::serve(&name.0, shape()).expect("nobody has it");
        assert_eq!(found, None);
        assert_eq!(first.remove(), Err(Errno::ENOENT));
        assert!(name.is_in_use());
        second.remove().expect("it is ours");
    });
}

#[test]
fn next_server_finds_what_waits_and_opens_what_was_closed() {
    support::alone(|_| {
        let name = Name::new();
        let (first, _) = OwnedRing::serve(&name.0, shape()).expect("nobody has it");
        first.ring().send(b"one").expect("there is room");
        first.ring().send(b"two").expect("there is room");
        first.ring().close().expect("it can be closed");
        drop(first); // as if it had been killed before it had removed the name
        let other = Shape::new(2, 8).expect("a shape");
        let (second, found) = OwnedRing::serve(&name.0, other).expect("nobody has it");
        assert_eq!((found, second.ring().shape()), (Some(2), shape()));
        second.ring().send(b"three").expect("it is open");
        let mut message = Vec::new();
        for text in [&b"one"[..], b"two", b"three"] {
            second.ring().recv(&mut message).expect("it waits");
            assert_eq!(message, text);
        }
        second.remove().expect("it is ours");
    });
}

#[test]
fn half_made_ring_of_a_dead_server_is_made_anew() {
    support::alone(|_| {
        for bytes in [&b""[..], &[0; 4096]] {
            let name = Name::new();
            let file = format!("/dev/shm{}", name.0);
            let made = fs::write(&file, bytes);
            made.and_then(|()| fs::set_permissions(&file, Permissions::from_mode(0o600)))
                .expect("it can be made");
            let (owned, found) = OwnedRing::serve(&name.0, shape()).expect("nobody has it");
            assert_eq!(found, None);
            owned.ring().send(b"hello").expect("it is a ring");
            owned.remove().expect("it is ours");
        }
    });
}

#[test]
fn something_else_of_the_same_name_is_left_alone() {
    support::alone(|_| {
        let name = Name::new();
        let file = format!("/dev/shm{}", name.0);
        let made = fs::write(&file, [1; 4096]);
        made.and_then(|()| fs::set_permissions(&file, Permissions::from_mode(0o600)))
            .expect("it can be made");
        assert_eq!(OwnedRing::serve(&name.0, shape()).map(drop), Err(Errno::EBADMSG));
        assert_eq!(fs::read(&file).expect("it is there"), [1; 4096]);
    });
}

#[test]
fn many_servers_that_start_and_end_at_once_are_never_two() {
    support::alone(|_| {
        let name = Name::new();
        let serving = std::sync::atomic::AtomicU32::new(0);
        let order = std::sync::atomic::Ordering::SeqCst;
        let served: u32 = thread::scope(|scope| {
            let threads: Vec<_> = (0..4)
                .map(|_| {
                    scope.spawn(|| {
                        let mut served = 0;
                        for _ in 0..200 {
                            match OwnedRing::serve(&name.0, shape()) {
                                Ok((owned, _)) => {
                                    assert_eq!(serving.fetch_add(1, order), 0);
                                    // It can be found under its name.
                                    Ring::open(&name.0).expect("it is there");
                                    serving.fetch_sub(1, order);
                                    owned.remove().expect("it is ours");
                                    served += 1;
                                }
                                Err(errno) => assert_eq!(errno, Errno::EBUSY),
                            }
                        }
                        served
                    })
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().expect("no panic")).sum()
        });
        assert!(served > 0);
        assert!(!name.is_in_use());
    });
}
