//! Contenders in turns.

use std::time::Duration;

use anyhow::Result;

use super::{Sample, Stop};
use crate::figures::Series;

/// One contender in one experiment: does so many operations, and says what that took.
pub struct Subject<'a> {
    /// Its name.
    pub name: String,
    /// Runs a sample.
    pub run: Box<dyn FnMut(u64) -> Result<Sample> + 'a>,
    /// How many operations a sample has, or `None`: as many as take the time that is given.
    pub operations: Option<u64>,
}

/// The person asked to stop: there is nothing to report of a group that is not finished.
#[derive(Debug, PartialEq, Eq)]
pub struct Interrupted;

// ANCHOR: rounds
/// Measures the subjects in turns. In each round each of them goes once, and another one goes
/// first: whatever else the machine does in these seconds, it does to all of them.
///
/// # Errors
///
/// Those of a sample; and [`Interrupted`] where `stop` is asked for.
pub fn in_rounds(
    subjects: &mut [Subject<'_>],
    rounds: usize,
    time: Duration,
    stop: &Stop,
) -> Result<Result<Vec<Series>, Interrupted>> {
    let mut all = Vec::new();
    for subject in &mut *subjects {
        // This also warms up caches and processors; it is not counted.
        let operations = match subject.operations {
            Some(operations) => operations,
            None => calibrate(subject, time)?,
        };
        all.push(Series::new(&subject.name, operations));
    }
    for round in 0..rounds {
        for place in 0..subjects.len() {
            if stop.is_asked_for()? {
                return Ok(Err(Interrupted));
            }
            let turn = (place + round) % subjects.len();
            let sample = (subjects[turn].run)(all[turn].operations)?;
            all[turn].push(&sample);
        }
    }
    Ok(Ok(all))
}
// ANCHOR_END: rounds

/// How many operations take about this time. A sample of a few would measure its own beginning and
/// end, and a try that was disturbed would lead to one: the best of three counts.
fn calibrate(subject: &mut Subject<'_>, time: Duration) -> Result<u64> {
    let mut operations = 100;
    loop {
        let mut took = Duration::MAX;
        for _ in 0..3 {
            took = took.min((subject.run)(operations)?.elapsed);
        }
        if took >= time / 4 {
            let scaled = operations as f64 * time.as_secs_f64() / took.as_secs_f64();
            return Ok((scaled.round() as u64).max(1));
        }
        operations *= 4;
    }
}

impl Series {
    fn new(contender: &str, operations: u64) -> Series {
        let contender = contender.to_owned();
        Series { contender, operations, ns: vec![], sleeps: vec![], interruptions: vec![] }
    }

    fn push(&mut self, sample: &Sample) {
        let ns = sample.elapsed.as_secs_f64() * 1e9 / self.operations as f64;
        // More digits than a clock has would only make the file longer.
        self.ns.push((ns * 100.0).round() / 100.0);
        self.sleeps.push(sample.sleeps);
        self.interruptions.push(sample.interruptions);
    }
}

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};

    use super::*;
    use crate::statistics::ratio;

    const MS: Duration = Duration::from_millis(1);

    fn subject<'a>(name: &'a str, log: &'a RefCell<Vec<(&'a str, u64)>>) -> Subject<'a> {
        let run = move |operations| {
            log.borrow_mut().push((name, operations));
            let elapsed = Duration::from_nanos(100 * operations);
            Ok(Sample { elapsed, sleeps: 3, interruptions: 0 })
        };
        Subject { name: name.to_owned(), run: Box::new(run), operations: None }
    }

    #[test]
    fn subjects_take_turns_at_going_first() {
        let log = RefCell::default();
        let mut subjects =
            ["a", "b", "c"].map(|name| Subject { operations: Some(7), ..subject(name, &log) });
        let all = in_rounds(&mut subjects, 3, MS, &Stop::never()).unwrap().unwrap();
        let order: String = log.borrow().iter().map(|(name, _)| *name).collect();
        assert_eq!(order, "abcbcacab");
        assert_eq!(all[1].ns, [100.0; 3]);
        assert_eq!(all[1].sleeps, [3; 3]);
    }

    /// A machine that gets slower: each sample takes 1 % longer than the one before.
    fn slowing<'a>(name: &str, samples: &'a Cell<i32>) -> Subject<'a> {
        let run = |operations: u64| {
            samples.set(samples.get() + 1);
            let ns = operations as f64 * 100.0 * 1.01_f64.powi(samples.get());
            let elapsed = Duration::from_nanos(ns as u64);
            Ok(Sample { elapsed, sleeps: 0, interruptions: 0 })
        };
        Subject { name: name.to_owned(), run: Box::new(run), operations: Some(10_000) }
    }

    #[test]
    fn machine_that_gets_slower_is_the_same_to_all_in_turns() {
        let samples = Cell::new(0);
        let both = || [slowing("a", &samples), slowing("b", &samples)];
        let all = in_rounds(&mut both(), 20, MS, &Stop::never()).unwrap().unwrap();
        let in_turns = ratio(&all[1].ns, &all[0].ns);
        assert!((in_turns - 1.0).abs() < 0.011, "{in_turns}");

        // One after the other, two that are the same differ by a fifth.
        let [a, b] = both().map(|one| {
            in_rounds(&mut [one], 20, MS, &Stop::never()).unwrap().unwrap().remove(0).ns
        });
        assert!(ratio(&b, &a) > 1.2, "{}", ratio(&b, &a));
    }

    #[test]
    fn disturbed_try_does_not_make_the_samples_short() {
        let mut tries = 0;
        let run = move |operations| {
            tries += 1;
            let disturbed = Duration::from_secs(u64::from(tries == 1));
            let elapsed = Duration::from_nanos(100 * operations) + disturbed;
            Ok(Sample { elapsed, sleeps: 0, interruptions: 0 })
        };
        let mut subject = Subject { name: "a".into(), run: Box::new(run), operations: None };
        assert_eq!(calibrate(&mut subject, 40 * MS).unwrap(), 400_000);
    }

    #[test]
    fn samples_take_about_the_time_that_is_given() {
        let log = RefCell::default();
        let mut subjects = [subject("a", &log)];
        let all = in_rounds(&mut subjects, 1, 40 * MS, &Stop::never()).unwrap().unwrap();
        assert_eq!(all[0].operations, 400_000); // 100 ns each
    }
}
