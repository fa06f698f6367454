//! A series of measurements.

use std::fmt;

/// Seconds, or ratios, in the order in which they were measured.
pub(crate) struct Figures(Vec<f64>);

impl Figures {
    pub(crate) const fn new() -> Figures {
        Figures(Vec::new())
    }

    pub(crate) fn push(&mut self, figure: f64) {
        self.0.push(figure);
    }

    /// Each figure divided by the one measured at the same time in `other`: what slowed both down
    /// for a moment cancels out.
    pub(crate) fn over(&self, other: &Figures) -> Figures {
        Figures(self.0.iter().zip(&other.0).map(|(ours, theirs)| ours / theirs).collect())
    }

    /// The one in the middle; between two, their mean. Not a number if there is none.
    pub(crate) fn median(&self) -> f64 {
        let sorted = self.sorted();
        match sorted.len() {
            0 => f64::NAN,
            n if n % 2 == 1 => sorted[n / 2],
            n => f64::midpoint(sorted[n / 2 - 1], sorted[n / 2]),
        }
    }

    fn sorted(&self) -> Vec<f64> {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        sorted
    }
}

/// Median, smallest and largest, as three columns.
impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sorted = self.sorted();
        let end = |figure: Option<&f64>| figure.copied().unwrap_or(f64::NAN);
        write!(f, "{:9.3}{:9.3}{:9.3}", self.median(), end(sorted.first()), end(sorted.last()))
    }
}

#[cfg(test)]
mod tests {
    use super::Figures;

    #[test]
    fn median_of_an_odd_number_is_the_middle_one() {
        assert_eq!(Figures(vec![3.0, 1.0, 10.0]).median(), 3.0);
    }

    #[test]
    fn median_of_an_even_number_lies_between_the_two() {
        assert_eq!(Figures(vec![4.0, 1.0, 10.0, 2.0]).median(), 3.0);
    }

    #[test]
    fn ratios_are_taken_run_by_run() {
        assert_eq!(Figures(vec![1.0, 9.0]).over(&Figures(vec![2.0, 3.0])).0, [0.5, 3.0]);
    }
}
