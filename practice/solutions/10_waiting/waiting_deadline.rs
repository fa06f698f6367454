use std::time::Duration;

use practice::{Clock, Mailbox};

/// The first pause.
const FIRST: Duration = Duration::from_micros(1);
/// The longest one.
const LONGEST: Duration = Duration::from_millis(1);

/// Takes the oldest message out. If there is none, looks again after a pause until `limit` is over,
/// however long it is; then the answer is `None`.
///
/// Looks at once, and a last time when the limit is over, not before. Each pause is twice as long
/// as the one before, but not longer than `LONGEST`, and none is longer than what is left of the
/// limit. Every error ends this, and is returned.
fn take_within(
    mailbox: &impl Mailbox,
    clock: &impl Clock,
    limit: Duration,
) -> nix::Result<Option<Vec<u8>>> {
    let begin = clock.now();
    let mut pause = FIRST;
    loop {
        // Before the look: the last one must come after the end.
        let left = limit.saturating_sub(clock.now() - begin);
        if let Some(message) = mailbox.take()? {
            return Ok(Some(message));
        }
        if left.is_zero() {
            return Ok(None);
        }
        clock.pause(pause.min(left));
        pause = LONGEST.min(2 * pause);
    }
}

fn main() {
    practice::with_queue(&["hello"], |queue| {
        for limit in [Duration::ZERO, Duration::from_millis(200)] {
            let taken = take_within(&queue, &practice::SystemClock, limit);
            println!("within {limit:?}: {taken:?}");
        }
    });
}

#[cfg(test)]
#[path = "../../checks/10_waiting/waiting_deadline.rs"]
mod tests; // the functions marked #[test]
