// Write the function: a message comes in from the stream, and must get into the queue.
//
// The stream delivers it again and again until it is answered: `ack`, it has arrived; `term`, it
// never can; `progress`, wait, I am at it. What you do not answer comes again, which is right as
// long as it is not in the queue. `Target` and `Delivery` are in src/bridge.rs.

use nix::errno::Errno;
use practice::{Delivery, Target};

/// What has become of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Arrival {
    /// It is in the queue, and the stream knows.
    Done,
    /// It was too long, and the stream knows.
    Never,
}

/// Puts the message into the queue, and answers then: `ack` when it is in.
///
/// As long as the queue is full (EAGAIN) tells the stream so (`progress`), waits (`wait`), and
/// tries again. EINVAL has two meanings: if the message is longer than `longest`, it never fits,
/// and the answer is `term`, with a reason that names both lengths. If not, the queue is gone.
///
/// Every other error ends it at once, without an answer, and is returned.
fn bring_in(queue: &mut impl Target, delivery: &mut impl Delivery) -> nix::Result<Arrival> {
    // TODO: in which order? And when is an answer a lie?
    println!("{} bytes, and {} fit", delivery.bytes().len(), queue.longest()?);
    Err(Errno::ENOSYS)
}

struct Printed;

impl Target for Printed {
    fn try_send(&mut self, bytes: &[u8]) -> nix::Result<()> {
        println!("sent: {}", String::from_utf8_lossy(bytes));
        Ok(())
    }
    fn longest(&mut self) -> nix::Result<usize> {
        Ok(8192)
    }
    fn wait(&mut self) -> nix::Result<()> {
        Ok(())
    }
}

fn main() {
    let mut delivery = practice::Delivered::new(b"hello");
    println!("{:?}", bring_in(&mut Printed, &mut delivery));
    println!("{delivery:?}; it could be {:?} or {:?}", Arrival::Done, Arrival::Never);
}

#[cfg(test)]
#[path = "../../checks/15_beyond/beyond_inward.rs"]
mod tests; // the functions marked #[test]
