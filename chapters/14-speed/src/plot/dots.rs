//! Experiments side by side: a row for each contender, a dot for each experiment.

use anyhow::Result;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

use super::axis::Log;
use super::catalogue::Dots;
use super::colour::{Colour, FG, LINE, MUTED, SERIES};
use super::lines::in_one_digit;
use super::picture::{Area, WIDTH, Words, mark, path, picture, write};
use crate::contender;
use crate::figures::{Figures, Group};
use crate::report::time;

const LEFT: i32 = 96;
const RIGHT: i32 = WIDTH - 28;
const TOP: i32 = 56;
const ROW: i32 = 26;

/// An experiment, and how the plot calls it.
type Labelled<'a> = (&'a Group, &'static str);

impl Dots {
    pub(super) fn draw(&self, figures: &Figures) -> Result<String> {
        let all = self.experiments.iter();
        let groups: Vec<Labelled<'_>> =
            all.filter_map(|(name, label)| Some((figures.of(name).next()?, *label))).collect();
        let names: Vec<&str> = groups[0].0.series.iter().map(|it| it.contender.as_str()).collect();
        let of = |name: &&str| {
            let times = groups.iter().filter_map(|(group, label)| {
                Some(format!("{} on {label}", time(group.series(name)?.time().median)))
            });
            format!("{}: {}", short(name), times.collect::<Vec<_>>().join(", "))
        };
        let description = names.iter().map(of).collect::<Vec<_>>().join("; ") + ".";
        let words = Words { id: self.name, title: self.title, description };
        let bottom = TOP + ROW * i32::try_from(names.len())?;
        picture(&words, bottom + 34, |area| {
            write(area, self.title, (0, 2), FG, HPos::Left, VPos::Top)?;
            draw_on(area, &groups, &names, bottom)
        })
    }
}

fn draw_on(area: &Area<'_>, groups: &[Labelled<'_>], names: &[&str], bottom: i32) -> Result<()> {
    let times = groups.iter().flat_map(|(group, _)| &group.series).map(|series| series.time());
    let times: Vec<f64> = times.flat_map(|it| [it.lower, it.upper]).collect();
    let axis = Log::around(&times, LEFT, RIGHT);
    for tick in axis.ticks() {
        let x = axis.at(tick);
        path(area, &[(x, TOP), (x, bottom)], LINE.1.stroke_width(1))?;
        write(area, &in_one_digit(tick), (x, bottom + 8), MUTED, HPos::Center, VPos::Top)?;
    }
    for (row, name) in (0..).zip(names) {
        let y = TOP + ROW * row + ROW / 2;
        write(area, short(name), (0, y), FG, HPos::Left, VPos::Center)?;
        for (number, (group, _)) in groups.iter().enumerate() {
            let Some(times) = group.series(name).map(|series| series.time()) else { continue };
            let (kind, colour) = look(number);
            let quartiles = [(axis.at(times.lower), y), (axis.at(times.upper), y)];
            path(area, &quartiles, colour.1.stroke_width(2))?;
            mark(area, kind, (axis.at(times.median), y), colour)?;
        }
    }
    // What the marks mean, above the rows.
    for (number, (_, label)) in groups.iter().enumerate() {
        let (kind, colour) = look(number);
        let x = LEFT + 130 * i32::try_from(number)?;
        mark(area, kind, (x + 6, 38), colour)?;
        write(area, label, (x + 16, 38), colour, HPos::Left, VPos::Center)?;
    }
    Ok(())
}

/// The mark and the colour of an experiment.
fn look(number: usize) -> (usize, Colour) {
    [(0, SERIES[0]), (3, SERIES[1])][number % 2]
}

fn short(name: &str) -> &str {
    contender::named(name).map_or(name, |contender| contender.short)
}
