//! Chapter 16's rings, as large as a queue is by default.

use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::Result;
use ch16_shared_memory::{Ring, SemaphoreRing, Shape, unlink};

use super::Ends;

/// What a System V queue holds, in bytes.
const CAPACITY: usize = 16_384;
/// Shorter messages need a slot of this size, and so there are no more slots than for these.
const SMALLEST: usize = 32;

/// The one that survives deaths: a robust mutex and a futex.
pub(super) fn robust(size: usize) -> Result<Ends> {
    Ok(ends(pair(size, Ring::create_new, Ring::open)?, Ring::send, Ring::recv))
}

/// The one that does not: two semaphores, and one sender at a time.
pub(super) fn semaphores(size: usize) -> Result<Ends> {
    let pair = pair(size, SemaphoreRing::create_new, SemaphoreRing::open)?;
    Ok(ends(pair, SemaphoreRing::send, SemaphoreRing::recv))
}

fn ends<R: 'static>(
    (sender, receiver): (R, R),
    send: fn(&R, &[u8]) -> nix::Result<()>,
    recv: fn(&R, &mut Vec<u8>) -> nix::Result<()>,
) -> Ends {
    let mut message = Vec::new();
    Ends {
        send: Box::new(move |bytes| Ok(send(&sender, bytes)?)),
        recv: Box::new(move || {
            recv(&receiver, &mut message)?;
            Ok(message.len())
        }),
    }
}

fn pair<R>(
    size: usize,
    create: fn(&str, Shape) -> nix::Result<R>,
    open: fn(&str) -> nix::Result<R>,
) -> Result<(R, R)> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let slots = CAPACITY / size.next_power_of_two().max(SMALLEST);
    let name = format!("/ch14-{}-{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let shape = Shape::new(u32::try_from(slots)?, u32::try_from(size)?)?;
    let receiver = create(&name, shape)?;
    let sender = open(&name);
    // Both ends are open, or there is an error: no name is left in /dev/shm either way.
    unlink(&name)?;
    Ok((sender?, receiver))
}
