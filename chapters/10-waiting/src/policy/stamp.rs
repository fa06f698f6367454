//! How long the oldest message has been waiting.
//!
//! The kernel does not know. It keeps the times of the last sending and the last receiving, to the
//! second, and none with a message. So the sender puts the time in, and whoever wants to know the
//! age looks at the oldest message without taking it.
//!
//! The clock is `CLOCK_MONOTONIC`: all programs of a machine have the same one, but for those in a
//! time namespace, nobody sets it, and it begins again when the machine does, as the queues do.

use std::time::Duration;

use ch05_receive::Receiver;
use nix::errno::Errno;
use nix::time::ClockId;

/// Nanoseconds since the machine started: enough for 500 years.
type Stamp = u64;

/// These bytes, with the time in front of them.
#[must_use]
pub fn stamped(bytes: &[u8]) -> Vec<u8> {
    [&now().to_ne_bytes(), bytes].concat()
}

/// The age of a message that was [`stamped`], and its bytes; `None` if it is too short for a stamp,
/// or its first eight bytes are a time that the clock has not shown yet. A stamp is eight bytes
/// like any other: of a message that has none they can happen to be a time that has been.
#[must_use]
pub fn unstamped(bytes: &[u8]) -> Option<(Duration, &[u8])> {
    let (stamp, rest) = bytes.split_first_chunk()?;
    let age = now().checked_sub(Stamp::from_ne_bytes(*stamp))?;
    Some((Duration::from_nanos(age), rest))
}

/// How long the oldest message has been in the queue, if each is [`stamped`]; `None`: it is empty.
///
/// # Errors
///
/// `EBADMSG`: the oldest message has none, as far as [`unstamped`] can tell. The others as for
/// [`Receiver::peek`].
pub fn age_of_oldest(receiver: &mut Receiver) -> nix::Result<Option<Duration>> {
    let Some(oldest) = receiver.peek(0)? else {
        return Ok(None);
    };
    let (age, _) = unstamped(oldest.bytes()).ok_or(Errno::EBADMSG)?;
    Ok(Some(age))
}

fn now() -> Stamp {
    let now = ClockId::CLOCK_MONOTONIC.now().expect("every Linux has this clock");
    Stamp::try_from(Duration::from(now).as_nanos()).expect("500 years are not over")
}
