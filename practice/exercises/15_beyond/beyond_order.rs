// Find the bug: a bridge that loses a message when it is killed.
//
// It carries messages from a queue to a stream on another machine. It can be killed between any two
// calls, and a new one goes on then. Whatever happens, each message must be in the stream at last,
// and once: the stream drops what comes under a number that it has already.
//
// `Outward` has the steps (in src/bridge.rs): `peek`, `take`, `journal`, `write`, `was_taken` and
// `publish`.

use practice::{Numbered, Outward};

/// Carries the oldest message over, and returns true; false if the queue is empty.
///
/// The numbers are 1, 2, 3 and so on: the next one comes after the one in the journal. If the
/// message in the journal has not been taken, the last bridge was killed on the way: then this very
/// message goes to the stream, under its old number, and is the one that is taken.
///
/// Every error ends it at once, and is returned; nothing is lost by that either.
fn carry(bridge: &mut impl Outward) -> nix::Result<bool> {
    // TODO: be killed between each two of these lines. What is in the queue, the journal, the
    // stream? And what does the next bridge make of it?
    let Some(bytes) = bridge.peek()? else {
        return Ok(false);
    };
    bridge.take()?;
    let number = bridge.journal()?.map_or(1, |last| last.number + 1);
    let entry = Numbered { number, bytes };
    bridge.write(&entry)?;
    bridge.publish(&entry)?;
    Ok(true)
}

fn main() -> nix::Result<()> {
    let queue = ["hello", "world"].map(Vec::from).into();
    let mut relay = practice::Relay { queue, ..Default::default() };
    for _ in 0..3 {
        println!("carried: {}", carry(&mut relay)?);
    }
    println!("in the stream: {:?}", relay.stream);
    Ok(())
}

#[cfg(test)]
#[path = "../../checks/15_beyond/beyond_order.rs"]
mod tests; // the functions marked #[test]
