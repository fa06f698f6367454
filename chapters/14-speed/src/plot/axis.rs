//! A logarithmic axis: what costs ten times as much is as far away everywhere.

/// From one value to another, over so many units of the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Log {
    /// The values at its ends.
    from: f64,
    to: f64,
    /// Where the ends are.
    start: i32,
    end: i32,
}

impl Log {
    /// An axis on which all values have a place, with a tick below the least and one above the
    /// greatest.
    pub(super) fn around(values: &[f64], start: i32, end: i32) -> Log {
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let greatest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let below = steps().take_while(|tick| *tick <= least).last();
        let above = steps().find(|tick| *tick >= greatest);
        Log { from: below.unwrap_or(least), to: above.unwrap_or(greatest), start, end }
    }

    /// The place of a value.
    pub(super) fn at(&self, value: f64) -> i32 {
        let part = (value / self.from).ln() / (self.to / self.from).ln();
        self.start + (part * f64::from(self.end - self.start)).round() as i32
    }

    /// The values with a tick: 1, 2, 5, 10, or powers of ten where these would be too many.
    pub(super) fn ticks(&self) -> Vec<f64> {
        let all = || steps().filter(|tick| (self.from..=self.to).contains(tick));
        match all().count() {
            0..=7 => all().collect(),
            _ => all().filter(|tick| tick.log10().fract() == 0.0).collect(),
        }
    }
}

/// 1, 2, 5, 10 and so on: nanoseconds, to beyond an hour.
fn steps() -> impl Iterator<Item = f64> {
    (0..13).flat_map(|power| [1.0, 2.0, 5.0].map(|digit| digit * 10_f64.powi(power)))
}

/// Moves labels apart that would cover each other, no further than it takes: each is `height` high.
pub(super) fn spread(places: &[i32], height: i32, top: i32, bottom: i32) -> Vec<i32> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by_key(|index| places[*index]);
    let mut spread = places.to_vec();
    // Downwards, and where the bottom is reached, up again.
    let mut free = top;
    for index in &order {
        spread[*index] = spread[*index].max(free);
        free = spread[*index] + height;
    }
    let mut free = bottom;
    for index in order.iter().rev() {
        spread[*index] = spread[*index].min(free);
        free = spread[*index] - height;
    }
    spread
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axis_encloses_its_values() {
        let axis = Log::around(&[310.0, 4_200.0], 0, 100);
        assert_eq!(axis, Log { from: 200.0, to: 5_000.0, start: 0, end: 100 });
        assert_eq!((axis.at(200.0), axis.at(1_000.0), axis.at(5_000.0)), (0, 50, 100));
    }

    #[test]
    fn long_axis_has_powers_of_ten_only() {
        let ticks = |least, greatest| Log::around(&[least, greatest], 0, 100).ticks();
        assert_eq!(ticks(310.0, 4_200.0), [200.0, 500.0, 1_000.0, 2_000.0, 5_000.0]);
        assert_eq!(ticks(90.0, 90_000.0), [100.0, 1_000.0, 10_000.0, 100_000.0]);
    }

    #[test]
    fn labels_do_not_cover_each_other() {
        assert_eq!(spread(&[10, 50, 90], 15, 0, 100), [10, 50, 90]);
        assert_eq!(spread(&[50, 50, 51], 15, 0, 100), [50, 65, 80]);
        assert_eq!(spread(&[99, 98, 97], 15, 0, 100), [100, 85, 70]);
    }
}
