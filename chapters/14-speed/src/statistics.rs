//! A series in three numbers.

// ANCHOR: quartiles
/// The middle of a series, and the two values that its middle half is between.
///
/// Not the mean: one sample during which the machine did something else would move it. Not the
/// minimum: nobody's program is that lucky every time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quartiles {
    /// A quarter of the samples is below.
    pub lower: f64,
    /// Half of them are.
    pub median: f64,
    /// Three quarters are.
    pub upper: f64,
}

impl Quartiles {
    /// Those of a series, in any order. Not numbers if there are no samples.
    #[must_use]
    pub fn of(samples: &[f64]) -> Quartiles {
        let mut sorted = samples.to_vec();
        sorted.sort_by(f64::total_cmp);
        let at = |part: f64| {
            let last = sorted.len().checked_sub(1)?;
            let place = part * last as f64;
            let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
            Some(below + (above - below) * place.fract())
        };
        let [lower, median, upper] = [0.25, 0.5, 0.75].map(|part| at(part).unwrap_or(f64::NAN));
        Quartiles { lower, median, upper }
    }
}

/// How many times as long one takes as the other. Each sample is divided by the one that was
/// measured in the same round: what slowed both down for a moment cancels out.
#[must_use]
pub fn ratio(samples: &[f64], others: &[f64]) -> f64 {
    let ratios: Vec<f64> = samples.iter().zip(others).map(|(one, other)| one / other).collect();
    Quartiles::of(&ratios).median
}
// ANCHOR_END: quartiles

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn median_of_an_odd_number_is_the_middle_one() {
        assert_eq!(Quartiles::of(&[3.0, 1.0, 10.0]).median, 3.0);
    }

    #[test]
    fn median_of_an_even_number_lies_between_the_two() {
        assert_eq!(Quartiles::of(&[4.0, 1.0, 10.0, 2.0]).median, 3.0);
    }

    #[test]
    fn quartiles_enclose_the_middle_half() {
        let Quartiles { lower, median, upper } = Quartiles::of(&[5.0, 1.0, 4.0, 2.0, 3.0]);
        assert_eq!((lower, median, upper), (2.0, 3.0, 4.0));
    }

    #[test]
    fn one_bad_sample_moves_the_mean_and_not_the_median() {
        let quiet = [1.0, 1.1, 0.9, 1.0, 1.0];
        let disturbed = [1.0, 1.1, 0.9, 1.0, 50.0];
        let mean = |samples: &[f64]| samples.iter().sum::<f64>() / samples.len() as f64;
        assert_eq!(Quartiles::of(&quiet).median, Quartiles::of(&disturbed).median);
        assert!(mean(&disturbed) > 10.0 * mean(&quiet));
    }

    #[test]
    fn ratios_are_taken_round_by_round() {
        // The machine was three times as slow in the second round, to both.
        assert_eq!(ratio(&[2.0, 6.0, 2.0], &[1.0, 3.0, 1.0]), 2.0);
        assert_eq!(ratio(&[1.0, 9.0], &[2.0, 3.0]), 1.75);
    }

    #[test]
    fn no_samples_give_no_numbers() {
        assert!(Quartiles::of(&[]).median.is_nan());
    }
}
