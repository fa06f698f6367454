//! How a figure is written: as many digits as it deserves.

/// Nanoseconds, in the unit that suits them, with two digits that count.
#[must_use]
pub fn time(ns: f64) -> String {
    let (scale, unit) = if ns < 99.5 { (1.0, "ns") } else { (1e3, "µs") };
    format!("{} {unit}", two_digits(ns / scale))
}

/// How many times as much.
#[must_use]
pub fn ratio(ratio: f64) -> String {
    match ratio {
        ..9.95 => format!("{ratio:.2}"),
        _ => two_digits(ratio),
    }
}

/// A whole number with commas between the thousands.
#[must_use]
pub fn whole(number: u64) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy);
    groups.collect::<Vec<_>>().join(",")
}

/// 0.92, 3.1, 63, 350, 1,240.
pub(crate) fn two_digits(number: f64) -> String {
    match number {
        ..0.995 => format!("{number:.2}"),
        ..9.95 => format!("{number:.1}"),
        ..1e15 => whole(number.round() as u64),
        // Not a number: nothing was measured.
        _ => format!("{number}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_has_two_digits_that_count() {
        let written = [5.04, 99.4, 99.6, 320.0, 994.0, 996.0, 3_149.0, 62_700.0, 1_240_123.0];
        let expected = [
            "5.0 ns",
            "99 ns",
            "0.10 µs",
            "0.32 µs",
            "0.99 µs",
            "1.0 µs",
            "3.1 µs",
            "63 µs",
            "1,240 µs",
        ];
        assert_eq!(written.map(time), expected);
    }

    #[test]
    fn ratio_near_one_has_two_decimals() {
        assert_eq!([0.654, 1.018, 9.94, 12.3].map(ratio), ["0.65", "1.02", "9.94", "12"]);
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(
            [0, 999, 1000, 300_000, 1_234_567].map(whole),
            ["0", "999", "1,000", "300,000", "1,234,567"]
        );
    }

    #[test]
    fn nothing_measured_is_no_number() {
        assert_eq!(time(f64::NAN), "NaN µs");
    }
}
