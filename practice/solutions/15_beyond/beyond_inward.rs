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
    loop {
        match queue.try_send(delivery.bytes()) {
            Ok(()) => {
                delivery.ack()?;
                return Ok(Arrival::Done);
            }
            Err(Errno::EAGAIN) => {
                delivery.progress()?;
                queue.wait()?;
            }
            Err(Errno::EINVAL) => {
                let (length, longest) = (delivery.bytes().len(), queue.longest()?);
                if length <= longest {
                    return Err(Errno::EINVAL);
                }
                delivery.term(&format!("{length} bytes; the queue takes {longest}"))?;
                return Ok(Arrival::Never);
            }
            Err(errno) => return Err(errno),
        }
    }
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
