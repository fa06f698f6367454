//! Memory that may come from a stranger.

use std::fs::File;
use std::os::fd::{AsFd, OwnedFd};
use std::thread;
use std::time::Duration;

use ch16_shared_memory::{SealedReceiver, SealedSender, Shape, sealed_memory};
use nix::errno::Errno;
use nix::fcntl::{FallocateFlags, FcntlArg, OFlag, SealFlag, fallocate, fcntl, open};
use nix::sys::memfd::{MFdFlags, memfd_create};
use nix::sys::stat::Mode;
use nix::unistd::{ftruncate, write};

use crate::{again, finished, is_inside};

fn memory() -> OwnedFd {
    sealed_memory(Shape::new(4, 32).expect("a shape")).expect("there is memory")
}

#[test]
fn sealed_ring_delivers_in_order_and_wakes_either_side() {
    const MESSAGES: u32 = 5000;
    support::alone(|_| {
        let memory = memory();
        let mut sender = SealedSender::open(&memory).expect("it is a ring");
        let mut receiver = SealedReceiver::open(&memory).expect("it is a ring");
        assert_eq!(sender.shape(), receiver.shape());
        assert_eq!(receiver.try_recv(&mut Vec::new()), Ok(false));
        assert_eq!(sender.try_send(&[0; 33]), Err(Errno::EMSGSIZE));
        thread::scope(|scope| {
            scope.spawn(move || {
                for number in 0..MESSAGES {
                    sender.send(&number.to_ne_bytes()).expect("it is open");
                }
                sender.close();
                assert_eq!(sender.try_send(b""), Err(Errno::EPIPE));
            });
            let mut message = Vec::new();
            for number in 0..MESSAGES {
                receiver.recv(&mut message).expect("it comes");
                assert_eq!(message, number.to_ne_bytes());
            }
            assert_eq!(receiver.recv(&mut message), Err(Errno::EPIPE));
        });
    });
}

#[test]
fn sealed_ring_full_and_empty_ends_in_time() {
    support::alone(|_| {
        let memory = memory();
        let mut sender = SealedSender::open(&memory).expect("it is a ring");
        while sender.try_send(b"").is_ok() {}
        let timeout = Duration::from_millis(20);
        assert_eq!(sender.try_send(b""), Err(Errno::EAGAIN));
        assert_eq!(sender.send_timeout(b"", timeout), Err(Errno::ETIMEDOUT));
        // Whoever opens it later goes on where the one before has stopped.
        drop(sender);
        let mut receiver = SealedReceiver::open(&memory).expect("it is a ring");
        let mut message = b"something".to_vec();
        for _ in 0..4 {
            assert_eq!(receiver.try_recv(&mut message), Ok(true));
            assert_eq!(message, b"");
        }
        assert_eq!(receiver.recv_timeout(&mut message, timeout), Ok(false));
        receiver.close();
        let mut sender = SealedSender::open(&memory).expect("it is a ring");
        assert_eq!(sender.try_send(b""), Err(Errno::EPIPE));
    });
}

#[test]
fn size_of_sealed_memory_cannot_be_changed_by_a_peer() {
    support::alone(|_| {
        let memory = memory();
        let _sender = SealedSender::open(&memory).expect("it is a ring");
        assert_eq!(ftruncate(&memory, 0), Err(Errno::EPERM));
        assert_eq!(ftruncate(&memory, 1 << 20), Err(Errno::EPERM));
        let unsealed = FcntlArg::F_ADD_SEALS(SealFlag::F_SEAL_WRITE);
        assert_eq!(fcntl(&memory, unsealed), Err(Errno::EPERM));
    });
}

/// The bytes of a ring, in a file with these flags and seals.
fn copy(flags: MFdFlags, seals: SealFlag) -> nix::Result<OwnedFd> {
    let ring = memory();
    let bytes = std::fs::read(format!("/proc/self/fd/{}", raw(&ring))).expect("readable");
    let file = memfd_create(c"copy", flags)?;
    // A file of huge pages has no other sizes, and cannot be written.
    if flags.contains(MFdFlags::MFD_HUGETLB) {
        ftruncate(&file, 1 << 21)?;
    } else {
        assert_eq!(write(&file, &bytes), Ok(bytes.len()));
    }
    fcntl(&file, FcntlArg::F_ADD_SEALS(seals)).map(|_| file)
}

fn raw(file: impl AsFd) -> i32 {
    std::os::fd::AsRawFd::as_raw_fd(&file.as_fd())
}

#[test]
fn memory_whose_size_could_change_is_refused() {
    support::alone(|_| {
        let both = SealFlag::F_SEAL_SHRINK | SealFlag::F_SEAL_GROW;
        let all = both | SealFlag::F_SEAL_SEAL;
        let sealable = MFdFlags::MFD_ALLOW_SEALING;
        let enough = copy(sealable, all).expect("a memfd");
        assert!(SealedReceiver::open(&enough).is_ok());
        for seals in [SealFlag::empty(), both, all - SealFlag::F_SEAL_SHRINK] {
            let file = copy(sealable, seals).expect("a memfd");
            assert_eq!(SealedReceiver::open(&file).map(drop), Err(Errno::EPERM), "{seals:?}");
            assert_eq!(SealedSender::open(&file).map(drop), Err(Errno::EPERM), "{seals:?}");
        }
        // No memfd at all.
        let file = File::open("/proc/self/exe").expect("this program");
        assert_eq!(SealedReceiver::open(&file).map(drop), Err(Errno::EPERM));
        // A page that there may not be.
        match copy(sealable | MFdFlags::MFD_HUGETLB, all) {
            Ok(huge) => assert_eq!(SealedSender::open(&huge).map(drop), Err(Errno::EPERM)),
            Err(errno) => println!("skipped: no file of huge pages can be had here ({errno:?})"),
        }
    });
}

#[test]
fn sealed_memory_that_nobody_finished_is_ebadmsg() {
    support::alone(|_| {
        for length in [0, 100, 4096] {
            let file = memfd_create(c"nothing", MFdFlags::MFD_ALLOW_SEALING).expect("a memfd");
            ftruncate(&file, length).expect("it is ours");
            let seals = SealFlag::F_SEAL_SHRINK | SealFlag::F_SEAL_GROW | SealFlag::F_SEAL_SEAL;
            fcntl(&file, FcntlArg::F_ADD_SEALS(seals)).expect("it is ours");
            // Nobody can finish it any more, so "try again" would be for ever.
            assert_eq!(SealedSender::open(&file).map(drop), Err(Errno::EBADMSG), "{length}");
            assert_eq!(SealedReceiver::open(&file).map(drop), Err(Errno::EBADMSG), "{length}");
        }
    });
}

#[test]
fn holes_that_a_peer_punches_are_read_as_zeros() {
    support::alone(|_| {
        let memory = memory();
        let mut sender = SealedSender::open(&memory).expect("it is a ring");
        let mut receiver = SealedReceiver::open(&memory).expect("it is a ring");
        let mut message = Vec::new();
        for _ in 0..2 {
            sender.try_send(b"hello").expect("there is room");
            let flags = FallocateFlags::FALLOC_FL_PUNCH_HOLE | FallocateFlags::FALLOC_FL_KEEP_SIZE;
            fallocate(&memory, flags, 0, 4096).expect("no seal forbids it");
            // They begin anew, or know better.
            let received = receiver.try_recv(&mut message);
            assert!([Ok(false), Err(Errno::EBADMSG)].contains(&received), "{received:?}");
        }
    });
}

#[test]
fn memory_that_cannot_be_written_is_refused() {
    support::alone(|_| {
        let memory = memory();
        let path = format!("/proc/self/fd/{}", raw(&memory));
        let reading = open(path.as_str(), OFlag::O_RDONLY, Mode::empty()).expect("it is ours");
        assert_eq!(SealedReceiver::open(&reading).map(drop), Err(Errno::EACCES));
        let place = open(path.as_str(), OFlag::O_PATH, Mode::empty()).expect("it is ours");
        assert_eq!(SealedReceiver::open(&place).map(drop), Err(Errno::EPERM));
        let seals = SealFlag::F_SEAL_SHRINK | SealFlag::F_SEAL_GROW | SealFlag::F_SEAL_SEAL;
        for more in [SealFlag::F_SEAL_WRITE, SealFlag::F_SEAL_FUTURE_WRITE] {
            let sealed = copy(MFdFlags::MFD_ALLOW_SEALING, seals | more).expect("a memfd");
            assert_eq!(SealedSender::open(&sealed).map(drop), Err(Errno::EPERM), "{more:?}");
        }
    });
}

/// What all of this is against.
#[test]
fn peer_that_truncates_unsealed_memory_ends_us_with_sigbus() {
    let test = "sealed::peer_that_truncates_unsealed_memory_ends_us_with_sigbus";
    if is_inside() {
        let name = crate::Name::new();
        let ring = name.ring(4, 32);
        let peer = File::options().write(true).open(format!("/dev/shm{}", name.0));
        peer.and_then(|file| file.set_len(0)).expect("it is ours");
        drop(name); // nobody would remove it
        let sent = ring.try_send(b"hello");
        unreachable!("{sent:?}");
    }
    support::alone(|_| {
        finished(again(test)).killed_by(nix::sys::signal::Signal::SIGBUS);
    });
}
