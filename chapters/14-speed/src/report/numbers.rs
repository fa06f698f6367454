//! Single numbers, each with an anchor, so that a sentence on a page holds what was measured.
//!
//! | anchor | what |
//! | --- | --- |
//! | `machine`, `cpu`, `kernel`, `rounds` | where the figures come from, and how |
//! | `GROUP-CONTENDER` | the median time of an operation |
//! | `GROUP-CONTENDER-sleeps` | how often a process slept, for each operation |
//! | `GROUP-CONTENDER-over-FIRST`, `GROUP-FIRST-over-CONTENDER` | times as long, round by round |
//! | `EXPERIMENT-CONTENDER-growth` | the last point's median over the first one's |
//! | `EXPERIMENT-CONTENDER-each` | what each message, sender or 1,024 bytes more adds to it |
//!
//! `GROUP` is `EXPERIMENT-POINT`, or `EXPERIMENT` where it has one point only; `FIRST` is the
//! contender that the file names first.

use crate::figures::{Figures, Group, Series};
use crate::machine::Machine;

use super::label::is_quoted;
use super::write::{ratio, time, two_digits, whole};

/// All of them: names and texts.
pub(super) fn all(figures: &Figures) -> Vec<(String, String)> {
    let Machine { cpu, kernel, rounds, .. } = &figures.machine;
    let mut numbers = vec![
        ("machine".to_owned(), machine(&figures.machine)),
        ("cpu".to_owned(), cpu.clone()),
        ("kernel".to_owned(), kernel.clone()),
        ("rounds".to_owned(), rounds.to_string()),
    ];
    for group in &figures.groups {
        let has_points = figures.of(&group.experiment).count() > 1;
        if is_quoted(&group.experiment, group.point) {
            of_group(group, has_points, &mut numbers);
        }
        // Once for each experiment.
        if has_points && figures.of(&group.experiment).next() == Some(group) {
            numbers.extend(group.series.iter().flat_map(|series| growth(figures, group, series)));
        }
    }
    numbers
}

/// Where the figures come from, as a sentence without its full stop.
pub(super) fn machine(machine: &Machine) -> String {
    let Machine { cpu, processors, kernel, rustc, cc, commit, date, load, rounds, sample_ms } =
        machine;
    format!(
        "{cpu}, {processors} processors, {kernel}, {rustc}, {cc}; commit {commit}, {date}; {rounds} rounds, \
         samples of {sample_ms} ms, load {load} before"
    )
}

fn of_group(group: &Group, has_points: bool, numbers: &mut Vec<(String, String)>) {
    let Group { experiment, point, series } = group;
    let name = if has_points { format!("{experiment}-{point}") } else { experiment.clone() };
    if !has_points {
        numbers.push((format!("{name}-point"), whole(*point)));
    }
    let first = series.first().map_or("", |series| &series.contender);
    for series in series {
        let contender = &series.contender;
        numbers.push((format!("{name}-{contender}"), time(series.time().median)));
        let sleeps = two_digits(series.sleeps_each());
        numbers.push((format!("{name}-{contender}-sleeps"), sleeps));
        for (one, other) in [(contender.as_str(), first), (first, contender)] {
            if let Some(times) = group.ratio(one, other).filter(|_| contender != first) {
                numbers.push((format!("{name}-{one}-over-{other}"), ratio(times)));
            }
        }
    }
}

/// How one contender's time grows from the first group to the last one that has it.
fn growth(figures: &Figures, first: &Group, begin: &Series) -> Vec<(String, String)> {
    let (experiment, contender) = (&first.experiment, &begin.contender);
    let last = figures.of(experiment).filter(|group| group.series(contender).is_some()).last();
    let Some((last, end)) = last.and_then(|last| Some((last, last.series(contender)?))) else {
        return Vec::new();
    };
    let (begin, end) = (begin.time().median, end.time().median);
    let unit = if experiment.starts_with("one-way") { 1024.0 } else { 1.0 };
    let each = (end - begin) / (last.point - first.point) as f64 * unit;
    let name = format!("{experiment}-{contender}");
    vec![(format!("{name}-growth"), ratio(end / begin)), (format!("{name}-each"), time(each))]
}
