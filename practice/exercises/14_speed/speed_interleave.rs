// Find the bug: a measurement in which the slower of two ways looks like the faster one.
//
// It measures one and then the other. Meanwhile the machine gets warm, or another program starts,
// and whoever is measured second pays for it. And it counts what is not the thing itself: the
// first calls, which are always slow, and the preparations.
//
// `Contender` has `prepare` and `run`; the clock has `now`.

use std::time::Duration;

use practice::{Clock, Contender};

/// So often each of them runs before the first round.
const WARM_UP: usize = 3;

/// What was measured in one round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Round {
    a: Duration,
    b: Duration,
}

/// Measures `a` and `b` in turns, and returns what each round took.
///
/// First each of the two runs 3 times (`WARM_UP`), which counts for nothing. Then each runs once in
/// every round: `a` begins the first round, `b` the second, and so on. Before each run the
/// contender is prepared, and only the run is measured. Every error ends this, and is returned.
fn compare(
    clock: &impl Clock,
    a: &mut impl Contender,
    b: &mut impl Contender,
    rounds: usize,
) -> nix::Result<Vec<Round>> {
    // TODO: what must lie between two looks at the clock, and what must not? Who pays for a drift?
    let mut times = [Vec::new(), Vec::new()];
    let begin = clock.now();
    for _ in 0..WARM_UP + rounds {
        a.prepare()?;
        a.run()?;
        times[0].push(clock.now() - begin);
    }
    let begin = clock.now();
    for _ in 0..WARM_UP + rounds {
        b.prepare()?;
        b.run()?;
        times[1].push(clock.now() - begin);
    }
    let times = times[0].iter().zip(&times[1]).skip(WARM_UP);
    Ok(times.map(|(a, b)| Round { a: *a, b: *b }).collect())
}

fn main() -> nix::Result<()> {
    let [mut a, mut b] = [1_000, 2_000].map(practice::Sorting::new);
    println!("{:?}", compare(&practice::SystemClock, &mut a, &mut b, 2)?);
    Ok(())
}

#[cfg(test)]
#[path = "../../checks/14_speed/speed_interleave.rs"]
mod tests; // the functions marked #[test]
