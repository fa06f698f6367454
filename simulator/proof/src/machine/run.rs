//! Many cases, one after another, from a seed.

use std::cell::RefCell;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

use crate::Real;

use super::case::case;
use super::compare::compare;
use super::people::People;
use super::report::Difference;
use super::stats::Stats;

/// How many operations a case has at most. Long enough for things to get entangled, and for a
/// namespace to be worth its making.
const LONGEST_CASE: usize = 200;

/// A difference was found.
#[derive(Debug)]
pub struct Found {
    /// How much had been compared before the case in which it showed.
    pub before: Stats,
    /// How many operations it took in all, until it showed for the first time.
    pub operations: u64,
    /// How many steps led to it then.
    pub steps: usize,
    /// The difference, by the fewest steps that were found to lead to it.
    pub shortest: Box<Difference>,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |count: u64, what: &str| match count {
            1 => format!("1 {what}"),
            _ => format!("{count} {what}s"),
        };
        writeln!(
            f,
            "The model and the kernel differ, after {} in {}. The last case took {}; {} will do:",
            count(self.operations, "operation"),
            count(self.before.cases + 1, "case"),
            count(self.steps as u64, "step"),
            self.shortest.steps()
        )?;
        self.shortest.fmt(f)
    }
}

impl std::error::Error for Found {}

/// Compares at least so many operations, in cases that the seed decides. `progress` is called now
/// and then.
///
/// # Errors
///
/// A difference, made as short as it was found to be possible.
pub fn run(
    real: &mut Real,
    seed: u64,
    operations: u64,
    people: People,
    mut progress: impl FnMut(&Stats),
) -> Result<Stats, Box<Found>> {
    let cases = case(1..=LONGEST_CASE, people);
    let mut runner = TestRunner::new_with_rng(configuration(), random(seed));
    let mut stats = Stats::default();
    while stats.operations < operations {
        let tree = cases.new_tree(&mut runner);
        let tree = tree.expect("the strategy refuses nothing");
        // The first failure, and then those on the way to the shortest.
        let failures = RefCell::new(Vec::new());
        let shared = RefCell::new((&mut *real, stats.clone()));
        // A panic is no difference, and with a kernel whose processes are not heard of any more
        // nothing can be made shorter.
        let panicked = RefCell::new(None);
        let result = runner.run_one(tree, |case| {
            if panicked.borrow().is_some() {
                return Ok(());
            }
            let (real, stats) = &mut *shared.borrow_mut();
            match catch_unwind(AssertUnwindSafe(|| compare(&case, real, stats))) {
                Ok(compared) => compared.map_err(|difference| {
                    let reason = difference.to_string();
                    failures.borrow_mut().push((stats.operations, difference));
                    TestCaseError::fail(reason)
                }),
                Err(panic) => {
                    *panicked.borrow_mut() = Some(panic);
                    Ok(())
                }
            }
        });
        if let Some(panic) = panicked.into_inner() {
            resume_unwind(panic);
        }
        let (_, after) = shared.into_inner();
        if let Err(TestError::Fail(..)) = result {
            let mut failures = failures.into_inner();
            let (operations, steps) = (failures[0].0, failures[0].1.steps());
            let (_, shortest) = failures.pop().expect("there was a first");
            let shortest = shorten(shortest, real);
            return Err(Box::new(Found { before: stats, operations, steps, shortest }));
        }
        stats = after;
        progress(&stats);
    }
    Ok(stats)
}

/// Leaves out what is not needed, until nothing can be. (proptest tries that first, and then makes
/// the rest simpler; after that more can be left out.)
fn shorten(mut difference: Box<Difference>, real: &mut Real) -> Box<Difference> {
    loop {
        let before = difference.case.operations.len();
        for place in (0..before).rev() {
            let mut case = difference.case.clone();
            // What stands behind the difference was not played.
            case.operations.truncate(difference.steps());
            if place < case.operations.len() {
                case.operations.remove(place);
            }
            if let Err(shorter) = compare(&case, real, &mut Stats::default()) {
                difference = shorter;
            }
        }
        if difference.case.operations.len() == before {
            return difference;
        }
    }
}

fn configuration() -> Config {
    Config {
        // Nothing is kept in a file: the seed says all.
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..Config::default()
    }
}

/// The generator that a seed stands for.
fn random(seed: u64) -> TestRng {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    TestRng::from_seed(RngAlgorithm::ChaCha, &bytes)
}
