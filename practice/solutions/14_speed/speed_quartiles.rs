/// Three values in the samples' own unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Quartiles {
    lower: u64,
    median: u64,
    upper: u64,
}

/// The quartiles of the samples, which are in any order, and stay so; `None` if there are none.
///
/// The least of n samples has place 0 and the greatest place n - 1. The lower quartile is at a
/// quarter of the way, (n - 1) / 4, the median at two quarters, the upper quartile at three. A
/// place between two samples has a value between theirs, in proportion: at 1.75 it is three
/// quarters of the way from the second to the third. A fraction of the unit is cut off.
fn quartiles(samples: &[u64]) -> Option<Quartiles> {
    let mut sorted = samples.to_vec();
    sorted.sort_unstable();
    let last = sorted.len().checked_sub(1)?;
    let at = |quarters: usize| {
        let place = last * quarters;
        let below = u128::from(sorted[place / 4]);
        let above = u128::from(sorted[place.div_ceil(4)]);
        let between = below + (above - below) * (place % 4) as u128 / 4;
        u64::try_from(between).expect("not above the greatest sample")
    };
    Some(Quartiles { lower: at(1), median: at(2), upper: at(3) })
}

fn main() {
    for samples in [&[300, 100, 200][..], &[1, 2, 3, 1_000], &[7], &[]] {
        println!("{samples:?}: {:?}", quartiles(samples));
    }
}

#[cfg(test)]
#[path = "../../checks/14_speed/speed_quartiles.rs"]
mod tests; // the functions marked #[test]
