//! The clock that a caller and its server share.

use std::time::Duration;

use nix::time::{ClockId, clock_gettime};

/// Nanoseconds of `CLOCK_MONOTONIC`: the same in every process, never set back, and enough for 584
/// years since the machine was started. [`std::time::Instant`] reads it too, but keeps the number
/// to itself.
pub(crate) fn now() -> u64 {
    let time = clock_gettime(ClockId::CLOCK_MONOTONIC).expect("every Linux has this clock");
    nanoseconds(Duration::from(time))
}

/// The moment when this time will have passed; `u64::MAX`, which means never, if it is too far.
pub(crate) fn after(time: Duration) -> u64 {
    now().saturating_add(nanoseconds(time))
}

fn nanoseconds(time: Duration) -> u64 {
    time.as_nanos().try_into().unwrap_or(u64::MAX)
}
