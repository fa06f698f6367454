//! What the verbs that measure have in common.

use std::time::Duration;

use nix::errno::Errno;
use nix::time::ClockId;
use streams::Failure;

pub(super) fn failed(errno: Errno) -> Failure {
    let reason = ch10_waiting::explain(errno).unwrap_or_else(|| ch05_receive::explain(errno));
    Failure::new(format_args!("{reason} ({errno:?})"))
}

/// What the whole program has used so far, with all its threads.
pub(super) fn cpu_time() -> Result<Duration, Failure> {
    ClockId::CLOCK_PROCESS_CPUTIME_ID.now().map(Duration::from).map_err(failed)
}
