// Find the bug: a program that gives up after 200 ms, but for one time in some thousands, when it
// sleeps on forever.
//
// msgrcv has no timeout, but a signal interrupts it (EINTR), and a timer can send one. This
// version does so, and no test on a quiet machine has ever failed. The tests here choose the
// moment at which the signal comes, and see that the timer is disarmed afterwards.

use std::time::Duration;

use ch02_create::Queue;
use ch05_receive::{Receiver, Select};
use nix::errno::Errno;
use practice::Alarm;

/// After so long a signal may come again.
const AGAIN: Duration = Duration::from_millis(1);

/// Takes the oldest message out. Waits for one, in the kernel, until `limit` is over; looks a last
/// time then, and if there is still none the answer is `None`. A limit of 0 is one look.
///
/// Every error is returned, and so is EINTR if the limit is not over: that was a signal of somebody
/// else's. Whatever it returns, afterwards the alarm is disarmed.
fn recv_within(queue: Queue, alarm: &impl Alarm, limit: Duration) -> nix::Result<Option<Vec<u8>>> {
    // TODO: what if the signal comes after `arm`, and before msgrcv sleeps? Read what a `first` of
    // 0 means (in src/alarm.rs), and go through every way out. `try_recv` looks, `is_over` tells.
    alarm.arm(limit, Duration::ZERO)?;
    match Receiver::new(queue).recv(Select::Any) {
        Ok(message) => {
            alarm.disarm();
            Ok(Some(message.bytes().to_vec()))
        }
        Err(Errno::EINTR) => Ok(None),
        Err(errno) => Err(errno),
    }
}

fn main() -> nix::Result<()> {
    let alarm = practice::ThreadAlarm::new()?;
    practice::with_queue(&["hello"], |queue| {
        for limit in [AGAIN, 200 * AGAIN] {
            println!("within {limit:?}: {:?}", recv_within(queue, &alarm, limit));
        }
    });
    Ok(())
}

#[cfg(test)]
#[path = "../../checks/10_waiting/waiting_alarm.rs"]
mod tests; // the functions marked #[test]
