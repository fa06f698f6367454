use practice::{Numbered, Outward};

/// Carries the oldest message over, and returns true; false if the queue is empty.
///
/// The numbers are 1, 2, 3 and so on: the next one comes after the one in the journal. If the
/// message in the journal has not been taken, the last bridge was killed on the way: then this very
/// message goes to the stream, under its old number, and is the one that is taken.
///
/// Every error ends it at once, and is returned; nothing is lost by that either.
fn carry(bridge: &mut impl Outward) -> nix::Result<bool> {
    let last = bridge.journal()?;
    let entry = match last {
        Some(entry) if !bridge.was_taken()? => entry,
        last => {
            let Some(bytes) = bridge.peek()? else {
                return Ok(false);
            };
            let number = last.map_or(1, |last| last.number + 1);
            let entry = Numbered { number, bytes };
            bridge.write(&entry)?;
            entry
        }
    };
    bridge.publish(&entry)?;
    bridge.take()?;
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
