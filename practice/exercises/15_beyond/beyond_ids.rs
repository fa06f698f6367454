// Find the bug: a bridge whose stream drops messages that are no repetitions.
//
// The stream drops what comes under an ID that it has already. So a repetition must keep its ID,
// and everything else must have another one. This version makes the ID of the bytes, and a client
// that says `yes` twice is heard once.
//
// The journal knows the place of the last message: an epoch, which is a random number, and a number
// in that epoch. If the journal is lost, nobody knows which numbers were given: a new epoch begins.

use std::hash::{DefaultHasher, Hash, Hasher};

/// The place of a message in everything that this bridge has ever sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    epoch: u64,
    number: u64,
}

/// The place after `last`, which has the next number in the same epoch.
///
/// If there is no last one, or no number after it, it is number 1 in the epoch `fresh`: the random
/// number of this start.
fn next(last: Option<Place>, fresh: u64) -> Place {
    // TODO: after a restart the numbers go on. When do they not?
    let _ = last;
    Place { epoch: fresh, number: 1 }
}

/// The ID of the message at this place, for the stream: another one for each place, the same for
/// the same place, on each machine and in each program.
///
/// It has 1 to 64 characters, each of them one of a-z, A-Z, 0-9 or `-`.
fn id(place: Place, bytes: &[u8]) -> String {
    // TODO: what is different with two messages, and what is the same with a repetition?
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    format!("{:?} {:x}", place.epoch, hasher.finish())
}

fn main() {
    let mut last = None;
    for bytes in [&b"yes"[..], b"yes", b"no"] {
        let place = next(last, 0x5eed);
        println!("{place:?}: {}", id(place, bytes));
        last = Some(place);
    }
}

#[cfg(test)]
#[path = "../../checks/15_beyond/beyond_ids.rs"]
mod tests; // the functions marked #[test]
