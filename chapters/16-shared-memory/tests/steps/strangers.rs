//! Other users.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use ch16_shared_memory::{OwnedRing, Ring};
use nix::errno::Errno;

use crate::Name;

const STRANGER: u32 = 61_001;

#[test]
fn memory_that_others_can_read_or_write_is_refused() {
    support::alone(|_| {
        let name = Name::new();
        let ring = name.ring(4, 16);
        for mode in [0o666, 0o660, 0o604, 0o601] {
            let file = format!("/dev/shm{}", name.0);
            fs::set_permissions(file, Permissions::from_mode(mode)).expect("it is ours");
            assert_eq!(Ring::open(&name.0).map(drop), Err(Errno::EPERM), "{mode:o}");
            let served = OwnedRing::serve(&name.0, ring.shape());
            assert_eq!(served.map(drop), Err(Errno::EPERM), "{mode:o}");
        }
    });
}

#[test]
fn another_users_ring_is_refused_whatever_its_mode() {
    support::alone(|_| {
        let name = Name::new();
        let made = support::as_stranger(STRANGER, || drop(name.ring(4, 16)));
        if made.is_none() {
            return;
        }
        // The mode does not keep root out, the owner does.
        assert_eq!(Ring::open(&name.0).map(drop), Err(Errno::EPERM));
        let file = format!("/dev/shm{}", name.0);
        fs::set_permissions(file, Permissions::from_mode(0o666)).expect("root may");
        assert_eq!(Ring::open(&name.0).map(drop), Err(Errno::EPERM));
    });
}

#[test]
fn our_ring_is_closed_to_other_users() {
    support::alone(|_| {
        let name = Name::new();
        let ring = name.ring(4, 16);
        let (opened, served) = match support::as_stranger(STRANGER, || {
            (Ring::open(&name.0).map(drop), OwnedRing::serve(&name.0, ring.shape()).map(drop))
        }) {
            Some(tried) => tried,
            None => return,
        };
        assert_eq!(opened, Err(Errno::EACCES));
        assert_eq!(served, Err(Errno::EACCES));
    });
}
