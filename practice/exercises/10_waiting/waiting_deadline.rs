// Write the function: wait for a message 200 ms, and no longer.
//
// msgrcv has no timeout. What it has is IPC_NOWAIT: look, and do not wait. So look again and again,
// with pauses that begin short, for a message that comes soon, and grow, for one that does not. The
// tests bring a clock of their own, whose pauses end late, as those of a real one do.
//
// Of the mailbox you need `take`: the oldest message, `None` if there is none now. The clock has
// `now` and `pause`.

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
    // TODO: look, pause, look again. What is over when, and who knows how late a pause has ended?
    println!("{limit:?} from {:?} on, pauses of {FIRST:?} to {LONGEST:?}", clock.now());
    mailbox.take()
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
