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
    let mut receiver = Receiver::new(queue);
    if !limit.is_zero() {
        alarm.arm(limit, AGAIN)?;
        let received = receiver.recv(Select::Any).map(|message| message.bytes().to_vec());
        alarm.disarm();
        match received {
            // Over: what has come in the last moment is still found below.
            Err(Errno::EINTR) if alarm.is_over() => {}
            received => return received.map(Some),
        }
    }
    let message = receiver.try_recv(Select::Any)?;
    Ok(message.map(|message| message.bytes().to_vec()))
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
