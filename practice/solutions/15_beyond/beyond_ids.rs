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
    let following = last.and_then(|Place { epoch, number }| {
        let number = number.checked_add(1)?;
        Some(Place { epoch, number })
    });
    following.unwrap_or(Place { epoch: fresh, number: 1 })
}

/// The ID of the message at this place, for the stream: another one for each place, the same for
/// the same place, on each machine and in each program.
///
/// It has 1 to 64 characters, each of them one of a-z, A-Z, 0-9 or `-`.
fn id(place: Place, _bytes: &[u8]) -> String {
    format!("{}-{}", place.epoch, place.number)
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
