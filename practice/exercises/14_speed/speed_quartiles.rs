// Write the function: the median and the quartiles of what was measured.
//
// One slow sample in a hundred, because another program ran, spoils a mean; the median does not
// notice it. And how far the quartiles are apart tells how sure one can be of it.

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
    // TODO: put them in order, and find three places. Samples can be as large as a u64.
    let sum: u64 = samples.iter().sum();
    let mean = sum.checked_div(samples.len() as u64)?;
    Some(Quartiles { lower: mean, median: mean, upper: mean })
}

fn main() {
    for samples in [&[300, 100, 200][..], &[1, 2, 3, 1_000], &[7], &[]] {
        println!("{samples:?}: {:?}", quartiles(samples));
    }
}

#[cfg(test)]
#[path = "../../checks/14_speed/speed_quartiles.rs"]
mod tests; // the functions marked #[test]
