//! Tables.

use crate::figures::{Figures, Group, Series};

use super::label::{is_quoted, label, title};
use super::write::{ratio, time, two_digits, whole};

/// A table with a name.
pub(super) struct Table {
    /// The name of its anchor.
    pub(super) name: String,
    title: String,
    /// The first is the head. The first column is text, the others are figures.
    rows: Vec<Vec<String>>,
}

/// An overview of each experiment with several points, and the details of each group.
pub(super) fn all(figures: &Figures) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut names: Vec<&str> = figures.groups.iter().map(|it| it.experiment.as_str()).collect();
    names.dedup();
    names.sort_unstable();
    names.dedup();
    for experiment in names {
        let groups: Vec<&Group> = figures.of(experiment).collect();
        let quoted = |group: &&&Group| is_quoted(experiment, group.point);
        if groups.len() > 1 {
            let quoted: Vec<&Group> = groups.iter().filter(quoted).copied().collect();
            tables.push(overview(experiment, &quoted));
        }
        tables.extend(groups.iter().filter(quoted).map(|group| details(group, groups.len() > 1)));
    }
    tables
}

/// A row for each contender, a column for each point: medians.
fn overview(experiment: &str, groups: &[&Group]) -> Table {
    let points = groups.iter().map(|group| whole(group.point));
    let mut rows = vec![["What".to_owned()].into_iter().chain(points).collect::<Vec<_>>()];
    let mut names: Vec<&str> = Vec::new();
    for series in groups.iter().flat_map(|group| &group.series) {
        if !names.contains(&series.contender.as_str()) {
            names.push(&series.contender);
        }
    }
    for name in names {
        let median = |group: &&Group| match group.series(name) {
            Some(series) => time(series.time().median),
            None => "none".to_owned(),
        };
        rows.push([label(experiment, name)].into_iter().chain(groups.iter().map(median)).collect());
    }
    Table { name: experiment.to_owned(), title: title(experiment).to_owned(), rows }
}

/// A row for each contender: median, quartiles, the ratio to the first one, and what the scheduler
/// did, for a thousand operations.
fn details(group: &Group, has_points: bool) -> Table {
    let Group { experiment, point, series } = group;
    let head = ["What", "Median", "Quartiles", "Ratio", "Sleeps", "Interruptions"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    let first = series.first().map_or("", |series| &series.contender);
    rows.extend(series.iter().map(|series| {
        let times = series.time();
        vec![
            label(experiment, &series.contender),
            time(times.median),
            format!("{} to {}", time(times.lower), time(times.upper)),
            group.ratio(&series.contender, first).map_or(String::new(), ratio),
            thousand(series, Series::sleeps_each),
            thousand(series, Series::interruptions_each),
        ]
    }));
    let at = if has_points { format!(": {}", whole(*point)) } else { String::new() };
    let name = if has_points { format!("{experiment}-{point}") } else { experiment.clone() };
    Table { name: name + "-table", title: title(experiment).to_owned() + &at, rows }
}

fn thousand(series: &Series, each: fn(&Series) -> f64) -> String {
    match 1000.0 * each(series) {
        0.0 => "0".to_owned(),
        number => two_digits(number),
    }
}

impl Table {
    pub(super) fn in_markdown(&self) -> String {
        let row = |cells: &Vec<String>| format!("| {} |", cells.join(" | "));
        let columns = self.rows[0].len();
        let line = format!("| --- {}|", "| ---: ".repeat(columns - 1));
        let mut lines: Vec<String> = self.rows.iter().map(row).collect();
        lines.insert(1, line);
        lines.join("\n")
    }

    /// Text to the left, figures to the right.
    pub(super) fn on_a_terminal(&self) -> String {
        let width = |column: usize| {
            self.rows.iter().map(|row| plain(&row[column]).chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.rows[0].len()).map(width).collect();
        let line = |row: &Vec<String>| {
            let (text, figures) = row.split_first().expect("a table has a column");
            let mut line = format!("{:width$}", plain(text), width = widths[0]);
            for (figure, width) in figures.iter().zip(&widths[1..]) {
                line.push_str(&format!("  {figure:>width$}"));
            }
            line
        };
        let lines: Vec<String> = self.rows.iter().map(line).collect();
        format!("{}\n{}", self.title, lines.join("\n"))
    }
}

/// Without the marks of code.
fn plain(text: &str) -> String {
    text.replace('`', "")
}
