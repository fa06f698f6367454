//! Messages in one direction, as fast as they go.

use anyhow::{Result, ensure};

use crate::contender::Contender;
use crate::measure::{Crew, Placement, Sample, Stopwatch, Unpin, pin};

// ANCHOR: one-way
/// The time of `count` messages of `size` bytes from `senders` processes to this one.
///
/// The clock starts when everybody is ready, and stops when the last message is here: a sender
/// that has ended knows nothing of the messages that are still on their way.
pub(super) fn sample(
    contender: &Contender,
    placement: Placement,
    size: usize,
    senders: u64,
    count: u64,
) -> Result<Sample> {
    let [here, there] = placement.processors()?;
    let mut ends = contender.connect(size)?;
    let (bytes, each) = (vec![b'x'; size], count.div_ceil(senders));
    let _unpin = Unpin::later()?;
    let mut crew = Crew::new()?;
    for _ in 0..senders {
        crew.hire(|gate| {
            pin(there)?;
            // The first message of a process pays for the pages that it touches: it does not count.
            (ends.send)(&bytes)?;
            gate.pass()?;
            (0..each).try_for_each(|_| (ends.send)(&bytes))
        })?;
        (ends.recv)()?;
    }
    pin(here)?;

    let watch = Stopwatch::start()?;
    crew.go()?;
    for _ in 0..each * senders {
        let length = (ends.recv)()?;
        ensure!(length == size, "{}: {length} bytes came, {size} were sent", contender.name);
    }
    let elapsed = watch.elapsed();
    crew.end()?;
    watch.stop(elapsed)
}
// ANCHOR_END: one-way
