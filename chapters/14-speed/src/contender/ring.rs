//! Chapter 16's ring, as large as a queue is by default.

use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::Result;
use ch16_shared_memory::{Ring, Shape, unlink};

use super::Ends;

/// What a System V queue holds, in bytes and in messages.
const CAPACITY: usize = 16_384;
/// A queue counts the bytes of messages only, and short ones cost it more than that.
const SMALLEST: usize = 32;

pub(super) fn connect(size: usize) -> Result<Ends> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let slots = CAPACITY / size.next_power_of_two().max(SMALLEST);
    let name = format!("/ch14-{}-{}", process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let shape = Shape::new(u32::try_from(slots)?, u32::try_from(size)?)?;
    let receiver = Ring::create_new(&name, shape)?;
    let sender = Ring::open(&name);
    // Both ends are open, or there is an error: nothing is left behind in /dev/shm either way.
    unlink(&name)?;
    let sender = sender?;
    let mut message = Vec::new();
    Ok(Ends {
        send: Box::new(move |bytes| Ok(sender.send(bytes)?)),
        recv: Box::new(move || {
            receiver.recv(&mut message)?;
            Ok(message.len())
        }),
    })
}
