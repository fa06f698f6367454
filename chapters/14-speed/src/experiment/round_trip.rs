//! A message there and one back, one at a time.

use anyhow::{Result, ensure};

use crate::contender::Contender;
use crate::measure::{Crew, Placement, Sample, Stopwatch, Unpin, pin};

/// The time of `count` messages of `size` bytes that another process sends back: each of them
/// wakes a sleeper, twice.
pub(super) fn sample(
    contender: &Contender,
    placement: Placement,
    size: usize,
    count: u64,
) -> Result<Sample> {
    let [here, there] = placement.processors()?;
    let (mut request, mut reply) = (contender.connect(size)?, contender.connect(size)?);
    let bytes = vec![b'x'; size];
    let _unpin = Unpin::later()?;
    let mut crew = Crew::new()?;
    crew.hire(|gate| {
        pin(there)?;
        gate.pass()?;
        for _ in 0..=count {
            (request.recv)()?;
            (reply.send)(&bytes)?;
        }
        Ok(())
    })?;
    pin(here)?;
    let mut round_trip = || {
        (request.send)(&bytes)?;
        let length = (reply.recv)()?;
        ensure!(length == size, "{}: {length} bytes came back of {size}", contender.name);
        Ok(())
    };

    crew.go()?;
    round_trip()?; // the first one does not count: pages are touched
    let watch = Stopwatch::start()?;
    for _ in 0..count {
        round_trip()?;
    }
    let elapsed = watch.elapsed();
    crew.end()?;
    watch.stop(elapsed)
}
