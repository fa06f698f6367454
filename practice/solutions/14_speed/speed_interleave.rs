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
    for _ in 0..WARM_UP {
        measured(clock, a)?;
        measured(clock, b)?;
    }
    let mut all = Vec::new();
    for number in 0..rounds {
        let (first, second);
        if number % 2 == 0 {
            first = measured(clock, a)?;
            second = measured(clock, b)?;
        } else {
            second = measured(clock, b)?;
            first = measured(clock, a)?;
        }
        all.push(Round { a: first, b: second });
    }
    Ok(all)
}

/// What one run takes.
fn measured(clock: &impl Clock, contender: &mut impl Contender) -> nix::Result<Duration> {
    contender.prepare()?;
    let begin = clock.now();
    contender.run()?;
    Ok(clock.now() - begin)
}

fn main() -> nix::Result<()> {
    let [mut a, mut b] = [1_000, 2_000].map(practice::Sorting::new);
    println!("{:?}", compare(&practice::SystemClock, &mut a, &mut b, 2)?);
    Ok(())
}

#[cfg(test)]
#[path = "../../checks/14_speed/speed_interleave.rs"]
mod tests; // the functions marked #[test]
