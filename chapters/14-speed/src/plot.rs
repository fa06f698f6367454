//! The plots, as SVG that stands in the page and takes its colours.

use anyhow::Result;

use crate::figures::Figures;

mod axis;
mod catalogue;
mod colour;
mod dots;
mod lines;
mod picture;

/// All plots: the names of their files and their text. One of what was not measured is left out.
///
/// # Errors
///
/// One cannot be drawn.
pub fn all(figures: &Figures) -> Result<Vec<(String, String)>> {
    let mut plots = Vec::new();
    for plot in catalogue::LINES {
        if figures.of(plot.experiment).next().is_some() {
            plots.push((format!("{}.svg", plot.experiment), plot.draw(figures)?));
        }
    }
    for plot in catalogue::DOTS {
        if plot.experiments.iter().all(|(name, _)| figures.of(name).next().is_some()) {
            plots.push((format!("{}.svg", plot.name), plot.draw(figures)?));
        }
    }
    Ok(plots)
}
