use super::*;
use practice::yours;

/// What your function makes of these samples.
#[track_caller]
fn ask(samples: &[u64]) -> Option<Quartiles> {
    let what = if samples.len() > 9 {
        format!("{} samples", samples.len())
    } else {
        format!("{samples:?}")
    };
    yours(what, || quartiles(samples))
}

#[track_caller]
fn some(samples: &[u64]) -> Quartiles {
    let found = ask(samples);
    found.unwrap_or_else(|| {
        panic!(
            "{} samples have quartiles, and you return None: only none at all have none",
            samples.len()
        )
    })
}

#[test]
fn samples_in_order_have_their_quartiles() {
    // Samples; lower, median, upper; what is special.
    let cases: [(&[u64], [u64; 3], &str); 9] = [
        (&[10, 20, 30], [15, 20, 25], "the lower place is 0.5, and the upper 1.5"),
        (&[10, 20, 30, 40, 50], [20, 30, 40], "each place is a sample"),
        (
            &[1, 2, 3, 4, 1_000_005],
            [2, 3, 4],
            "one sample is far off, and changes none of the three",
        ),
        (&[10, 20, 30, 40], [17, 25, 32], "the places are 0.75, 1.5 and 2.25"),
        (&[0, 4, 8, 12, 16, 20], [5, 10, 15], "the places are 1.25, 2.5 and 3.75"),
        (&[100, 200], [125, 150, 175], "two samples have places between them"),
        (&[7, 7, 7, 7, 8, 9, 9], [7, 7, 8], "a sample that comes twice counts twice"),
        (&[0, 0, 0, 0, 1], [0, 0, 0], "0 is a sample, too"),
        (&[1, 2], [1, 1, 1], "1.25, 1.5 and 1.75 are cut off, and not rounded"),
    ];
    for (samples, [lower, median, upper], why) in cases {
        let yours = some(samples);
        assert!(
            yours.median == median,
            "the median of {samples:?} is {median}, and yours is {}: {why}",
            yours.median
        );
        assert!(
            (yours.lower, yours.upper) != (upper, lower) || lower == upper,
            "of {samples:?} the lower quartile is {lower} and the upper {upper}, and you have them the other way \
             round"
        );
        assert!(
            yours.lower == lower,
            "the lower quartile of {samples:?} is {lower}, and yours is {}: {why}",
            yours.lower
        );
        assert!(
            yours.upper == upper,
            "the upper quartile of {samples:?} is {upper}, and yours is {}: {why}",
            yours.upper
        );
    }
}

/// Whether it is right for samples that come in order; another test says it if not.
fn is_right_in_order() -> bool {
    practice::failure(samples_in_order_have_their_quartiles).is_none()
}

#[test]
fn order_does_not_matter() {
    if !is_right_in_order() {
        return;
    }
    let due = some(&[9, 10, 100, 1_000, 20_000]);
    let orders = [
        [20_000, 1_000, 100, 10, 9],
        [100, 9, 20_000, 10, 1_000],
        [9, 20_000, 10, 1_000, 100],
        [1_000, 100, 9, 20_000, 10],
    ];
    for samples in orders {
        let yours = ask(&samples);
        assert!(
            yours == Some(due),
            "{samples:?} came in this order, and you return {yours:?}; in order they have {due:?}: a \
             measurement comes in any order"
        );
    }
}

#[test]
fn few_and_many_samples_have_quartiles() {
    let none = ask(&[]);
    assert!(
        none.is_none(),
        "there are no samples, and you return {none:?}: whoever reads that takes it for something measured"
    );
    for sample in [0, 1, 7, 1_000_000] {
        let yours = some(&[sample]);
        assert!(
            yours == Quartiles { lower: sample, median: sample, upper: sample },
            "one sample, {sample}, is all three, and you return {yours:?}"
        );
    }
    if !is_right_in_order() {
        return;
    }
    for count in [99, 100, 101, 102, 4_001] {
        let samples: Vec<u64> = (0..count).map(|number| 4 * number).rev().collect();
        let last = count - 1;
        let due = Quartiles { lower: last, median: 2 * last, upper: 3 * last };
        let yours = ask(&samples);
        assert!(
            yours == Some(due),
            "the samples are 0, 4, 8 and so on, {count} of them, which have {due:?}, and you return {yours:?}"
        );
    }
}

#[test]
fn large_samples_are_exact() {
    if !is_right_in_order() {
        return;
    }
    const MAX: u64 = u64::MAX;
    let cases: [(&[u64], [u64; 3], &str); 4] = [
        (&[MAX - 8, MAX - 4], [MAX - 7, MAX - 6, MAX - 5], "the sum of two is too large for a u64"),
        (
            &[0, MAX],
            [MAX / 4, MAX / 2, MAX / 4 * 3 + 2],
            "three times their difference is too large for a u64",
        ),
        (
            &[(1 << 53) + 1, (1 << 53) + 3, (1 << 53) + 5, (1 << 53) + 7, (1 << 53) + 9],
            [(1 << 53) + 3, (1 << 53) + 5, (1 << 53) + 7],
            "an f64 has no room for all the digits",
        ),
        (&[MAX; 5], [MAX; 3], "all samples are the same"),
    ];
    for (samples, [lower, median, upper], why) in cases {
        let due = Quartiles { lower, median, upper };
        let yours = ask(samples);
        assert!(yours == Some(due), "{why}: {samples:?} have {due:?}, and you return {yours:?}");
    }
}
