//! A peer that lies: it writes what it likes, wherever it can, whenever it wants.

use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use ch16_shared_memory::{SealedReceiver, SealedSender, Shape, sealed_memory};
use nix::errno::Errno;
use nix::sys::mman::{MapFlags, ProtFlags, mmap};
use nix::sys::stat::fstat;

const LONGEST: u32 = 40;

/// So many conversations, or as many as a slow machine (valgrind's, say) has time for.
fn rounds() -> impl Iterator<Item = u64> {
    let end = Instant::now() + Duration::from_secs(3);
    (1..=4000).take_while(move |round| *round < 100 || Instant::now() < end)
}

/// The memory as the peer sees it: words.
fn words(file: &OwnedFd) -> &'static [AtomicU64] {
    let length = usize::try_from(fstat(file).expect("it is there").st_size).expect("small");
    let size = length.try_into().expect("not empty");
    let both = ProtFlags::PROT_READ | ProtFlags::PROT_WRITE;
    // SAFETY: the kernel chooses the place, so no other mapping is replaced.
    let start = unsafe { mmap(None, size, both, MapFlags::MAP_SHARED, file, 0) }.expect("ours");
    // SAFETY: it begins at a page, has so many words, which are atomic, and stays mapped.
    unsafe { std::slice::from_raw_parts(start.cast().as_ptr(), length / 8) }
}

/// Numbers that repeat when a test has failed (xorshift).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// A number that somebody may have thought of, or any.
    fn nasty(&mut self) -> u64 {
        let near = [0, 1, 4, 40, 41, 1 << 31, 1 << 32, u64::MAX / 2, u64::MAX - 3];
        match self.below(4) {
            0 => self.next(),
            1 => self.next() % 8,
            _ => near[self.below(near.len())].wrapping_add(self.next() % 3).wrapping_sub(1),
        }
    }
}

/// One word in the header, half of the time, or anywhere.
fn scribble(memory: &[AtomicU64], random: &mut Random) {
    let place = if random.next() % 2 == 0 { 40 } else { memory.len() };
    memory[random.below(place)].store(random.nasty(), Ordering::Relaxed);
}

fn expected(errno: Errno) {
    let expected = [Errno::EBADMSG, Errno::EPIPE, Errno::EAGAIN, Errno::ETIMEDOUT];
    assert!(expected.contains(&errno) || errno == Errno::EPROTONOSUPPORT, "{errno}");
}

/// Some calls of either side, with a memory that changes between them, or during them.
fn converse(memory: &OwnedFd, random: &mut Random, mut between: impl FnMut(&mut Random)) {
    let (sender, receiver) = (SealedSender::open(memory), SealedReceiver::open(memory));
    let (mut sender, mut receiver) = match (sender, receiver) {
        (Ok(sender), Ok(receiver)) => (sender, receiver),
        (Err(errno), _) | (_, Err(errno)) => return expected(errno),
    };
    let mut message = Vec::new();
    for _ in 0..12 {
        between(random);
        let bytes = vec![7; random.below(LONGEST as usize + 1)];
        let timeout = Duration::from_micros(random.next() % 50);
        let done = match random.below(4) {
            0 => sender.try_send(&bytes).map(|()| true),
            1 => sender.send_timeout(&bytes, timeout).map(|()| true),
            2 => receiver.try_recv(&mut message),
            _ => receiver.recv_timeout(&mut message, timeout),
        };
        done.map_or_else(expected, drop);
        assert!(message.len() <= LONGEST as usize);
    }
}

#[test]
fn peer_that_scribbles_between_our_calls_gets_errors_and_no_crash() {
    support::alone(|_| {
        let shape = Shape::new(4, LONGEST).expect("a shape");
        for seed in rounds() {
            let mut random = Random(seed);
            let memory = sealed_memory(shape).expect("there is memory");
            let theirs = words(&memory);
            if seed % 4 == 0 {
                scribble(theirs, &mut random); // before it is opened
            }
            converse(&memory, &mut random, |random| scribble(theirs, random));
            // SAFETY: this is that mapping, which nobody uses any more.
            let unmapped = unsafe {
                nix::sys::mman::munmap(std::ptr::NonNull::from(theirs).cast(), size_of_val(theirs))
            };
            unmapped.expect("it is ours");
        }
    });
}

#[test]
fn peer_that_scribbles_during_our_calls_gets_errors_and_no_crash() {
    support::alone(|_| {
        let shape = Shape::new(4, LONGEST).expect("a shape");
        let stop = AtomicBool::new(false);
        thread::scope(|scope| {
            let memory = sealed_memory(shape).expect("there is memory");
            let theirs = words(&memory);
            let fresh: Vec<u64> = theirs.iter().map(|word| word.load(Ordering::Relaxed)).collect();
            scope.spawn(|| {
                let mut random = Random(0x5eed);
                while !stop.load(Ordering::Relaxed) {
                    scribble(theirs, &mut random);
                }
            });
            let mut random = Random(0xfeed);
            for _ in rounds() {
                // As it was, so that some calls get further than the first check.
                for (word, fresh) in theirs.iter().zip(&fresh) {
                    word.store(*fresh, Ordering::Relaxed);
                }
                converse(&memory, &mut random, |_| {});
            }
            stop.store(true, Ordering::Relaxed);
        });
    });
}

#[test]
fn peer_that_never_lets_us_sleep_cannot_keep_us_longer_than_the_timeout() {
    support::alone(|_| {
        let memory = sealed_memory(Shape::new(4, LONGEST).expect("a shape")).expect("memory");
        let theirs = words(&memory);
        let stop = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                // Everything behind the two positions and before the slots: the bells.
                while !stop.load(Ordering::Relaxed) {
                    for word in &theirs[24..40] {
                        word.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
            let mut receiver = SealedReceiver::open(&memory).expect("it is a ring");
            let timeout = Duration::from_millis(50);
            let start = Instant::now();
            assert_eq!(receiver.recv_timeout(&mut Vec::new(), timeout), Ok(false));
            let time = start.elapsed();
            stop.store(true, Ordering::Relaxed);
            assert!(time >= timeout && time < Duration::from_secs(10), "{time:?}");
        });
    });
}

#[test]
fn lies_about_positions_and_lengths_are_ebadmsg() {
    const TAIL: usize = 8; // the second line of the cache
    const HEAD: usize = 16;
    const FIRST_LENGTH: usize = 40;
    support::alone(|_| {
        let lies = [
            (TAIL, 5),
            (TAIL, u64::MAX),
            (HEAD, 2),
            (HEAD, u64::MAX - 3),
            (FIRST_LENGTH, u64::from(LONGEST) + 1),
            (FIRST_LENGTH, u64::MAX),
        ];
        for (place, lie) in lies {
            let memory = sealed_memory(Shape::new(4, LONGEST).expect("a shape")).expect("memory");
            let mut sender = SealedSender::open(&memory).expect("it is a ring");
            let mut receiver = SealedReceiver::open(&memory).expect("it is a ring");
            sender.try_send(b"hello").expect("there is room");
            words(&memory)[place].store(lie, Ordering::Relaxed);
            if place == HEAD {
                assert_eq!(sender.try_send(b"hello"), Err(Errno::EBADMSG), "{place} {lie}");
                assert_eq!(receiver.try_recv(&mut Vec::new()), Ok(true), "it knows its own");
            } else {
                let received = receiver.try_recv(&mut Vec::new());
                assert_eq!(received, Err(Errno::EBADMSG), "{place} {lie}");
                assert_eq!(sender.try_send(b"hello"), Ok(()), "it knows its own");
            }
        }
    });
}
