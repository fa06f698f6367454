//! How cost grows: a line for each contender, its name at the end of it.

use anyhow::Result;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

use super::axis::{Log, spread};
use super::catalogue::Lines;
use super::colour::{Colour, FG, LINE, MUTED, SERIES};
use super::picture::{Area, Words, mark, path, picture, write};
use crate::figures::{Figures, Group, Series};
use crate::report::{time, whole};

const HEIGHT: i32 = 340;
const LEFT: i32 = 58;
const RIGHT: i32 = 292;
const TOP: i32 = 36;
const BOTTOM: i32 = 284;

impl Lines {
    pub(super) fn draw(&self, figures: &Figures) -> Result<String> {
        let groups: Vec<&Group> = figures.of(self.experiment).collect();
        let description = self.in_words(&groups);
        let words = Words { id: self.experiment, title: self.title, description };
        picture(&words, HEIGHT, |area| self.draw_on(area, &groups))
    }

    /// Where the lines begin and end, for those who do not see them.
    fn in_words(&self, groups: &[&Group]) -> String {
        let of = |(name, label): &(&str, &str)| {
            let at = |group: &Group| {
                let median = group.series(name)?.time().median;
                Some(format!("{} at {}", time(median), whole(group.point)))
            };
            Some(format!("{label}: {}, {}", at(groups.first()?)?, at(groups.last()?)?))
        };
        let lines: Vec<String> = self.names.iter().filter_map(of).collect();
        format!("By {}. {}.", self.points, lines.join("; "))
    }

    fn draw_on(&self, area: &Area<'_>, groups: &[&Group]) -> Result<()> {
        let times = |name: &str| {
            let times = |(index, group): (usize, &&Group)| {
                Some((place(index, groups.len()), group.series(name).map(Series::time)?))
            };
            groups.iter().enumerate().filter_map(times).collect::<Vec<_>>()
        };
        let drawn = self.names.iter().flat_map(|(name, _)| times(name));
        let drawn: Vec<f64> = drawn.flat_map(|(_, it)| [it.lower, it.upper]).collect();
        let axis = Log::around(&drawn, BOTTOM, TOP);
        self.draw_axes(area, groups, &axis)?;

        let mut ends = Vec::new();
        for (number, (name, label)) in self.names.iter().enumerate() {
            let (colour, times) = (SERIES[number], times(name));
            let points: Vec<_> = times.iter().map(|(x, it)| (*x, axis.at(it.median))).collect();
            for (x, it) in &times {
                let quartiles = [(*x, axis.at(it.lower)), (*x, axis.at(it.upper))];
                path(area, &quartiles, colour.1.stroke_width(1))?;
            }
            let width = if number == 0 { 3 } else { 1 };
            path(area, &points, colour.1.stroke_width(width))?;
            for point in &points {
                mark(area, number, *point, colour)?;
            }
            ends.extend(points.last().map(|end| (*end, *label, colour)));
        }
        draw_names(area, &ends)
    }

    fn draw_axes(&self, area: &Area<'_>, groups: &[&Group], axis: &Log) -> Result<()> {
        write(area, self.title, (0, 2), FG, HPos::Left, VPos::Top)?;
        for tick in axis.ticks() {
            let y = axis.at(tick);
            path(area, &[(LEFT, y), (RIGHT, y)], LINE.1.stroke_width(1))?;
            write(area, &in_one_digit(tick), (LEFT - 6, y), MUTED, HPos::Right, VPos::Center)?;
        }
        for (index, group) in groups.iter().enumerate() {
            let x = place(index, groups.len());
            path(area, &[(x, BOTTOM), (x, BOTTOM + 5)], MUTED.1.stroke_width(1))?;
            write(area, &short(group.point), (x, BOTTOM + 9), MUTED, HPos::Center, VPos::Top)?;
        }
        let middle = ((LEFT + RIGHT) / 2, BOTTOM + 32);
        write(area, self.points, middle, MUTED, HPos::Center, VPos::Top)
    }
}

/// Each point was measured, and each is as far from the next.
fn place(index: usize, count: usize) -> i32 {
    let part = index as f64 / (count.max(2) - 1) as f64;
    LEFT + 10 + (part * f64::from(RIGHT - LEFT - 20)).round() as i32
}

fn draw_names(area: &Area<'_>, ends: &[((i32, i32), &str, Colour)]) -> Result<()> {
    let places: Vec<i32> = ends.iter().map(|((_, y), ..)| *y).collect();
    for (((x, y), name, colour), to) in ends.iter().zip(spread(&places, 17, TOP, BOTTOM)) {
        path(area, &[(x + 6, *y), (RIGHT + 4, to)], colour.1.stroke_width(1))?;
        write(area, name, (RIGHT + 8, to), *colour, HPos::Left, VPos::Center)?;
    }
    Ok(())
}

/// A tick's time.
pub(super) fn in_one_digit(ns: f64) -> String {
    match ns {
        ..1e3 => format!("{ns} ns"),
        ..1e6 => format!("{} µs", ns / 1e3),
        _ => format!("{} ms", ns / 1e6),
    }
}

/// 512, 2K, 16k: multiples of 1,024 have a K, others a k.
fn short(point: u64) -> String {
    match point {
        0..1000 => point.to_string(),
        _ if point % 1024 == 0 => format!("{}K", point / 1024),
        _ => format!("{}k", point / 1000),
    }
}
