//! One case, played on both sides.

use simulator::Outcome;

use crate::calls::Value;
use crate::{Calls, Real};

use super::case::Case;
use super::models::Models;
use super::report::{Difference, Played};
use super::resolver::Resolver;
use super::stats::Stats;
use super::view::View;

/// Plays a case on the kernel and on the model, and counts what it saw.
///
/// # Errors
///
/// The first difference.
pub fn compare(case: &Case, real: &mut Real, stats: &mut Stats) -> Result<(), Box<Difference>> {
    real.reset(case.limits);
    for credentials in &case.processes {
        real.spawn(credentials.clone());
    }
    compare_with(Models::new(case, real.in_order()), case, real, stats)
}

/// The same with a model that may be another case's: to see that a difference is seen.
pub(super) fn compare_with(
    mut models: Models,
    case: &Case,
    real: &mut Real,
    stats: &mut Stats,
) -> Result<(), Box<Difference>> {
    let processes = case.processes.len();
    let mut resolver = Resolver::new(processes);
    let mut played = Vec::new();
    let mut seen = View::of(real, Outcome::Done(Ok(Value::Nothing)), processes);
    for operation in &case.operations {
        let step = resolver.resolve(operation, &seen);
        real.through(step.route);
        let answer = step.make(real);
        seen = View::of(real, answer, processes);
        let result = models.step(&step, &seen);
        stats.count(&step, &seen, models.count());
        resolver.learn(&seen.answer);
        played.push(Played { step, answer: seen.answer.clone(), woken: seen.woken.clone() });
        if let Err(model) = result {
            return Err(Box::new(Difference {
                case: case.clone(),
                played,
                kernel: seen,
                model: *model,
            }));
        }
    }
    stats.cases += 1;
    stats.surprises += models.surprises;
    Ok(())
}
