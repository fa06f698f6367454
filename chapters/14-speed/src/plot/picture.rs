//! An SVG picture as the book has them: of the page's fonts and colours, with words for those who
//! do not see it, and legible at 360 pixels.

use anyhow::{Context, Result, anyhow};
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::colour::{Colour, of_the_page};

/// As wide as a small screen has room: text is shown about as large as it is drawn.
pub(super) const WIDTH: i32 = 400;

pub(super) type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// What a picture is, in words.
pub(super) struct Words<'a> {
    /// Unique on a page.
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) description: String,
}

/// Draws a picture of this height.
pub(super) fn picture(
    words: &Words<'_>,
    height: i32,
    draw: impl FnOnce(&Area<'_>) -> Result<()>,
) -> Result<String> {
    let mut svg = String::new();
    {
        let size = (u32::try_from(WIDTH)?, u32::try_from(height)?);
        let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        draw(&area)?;
        area.present().map_err(|error| anyhow!("{error}"))?;
    }
    // plotters' own beginning gives way to the book's.
    let (_, body) = svg.split_once(">\n").context("plotters has drawn no SVG")?;
    let body = of_the_page(body).replace(" font-family=\"sans-serif\"", "");
    let Words { id, title, description } = words;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         aria-labelledby=\"{id}-title {id}-desc\" style=\"max-width:42em\" \
         font-family=\"var(--sans, system-ui, sans-serif)\">\n<title id=\"{id}-title\">{title}</title>\n\
         <desc id=\"{id}-desc\">{description}</desc>\n{body}"
    ))
}

/// Writes a text; `horizontal` and `vertical` say which of its edges is at the place.
pub(super) fn write(
    area: &Area<'_>,
    words: &str,
    at: (i32, i32),
    colour: Colour,
    horizontal: HPos,
    vertical: VPos,
) -> Result<()> {
    // plotters divides by 1.24: it means the height of a line, not of the letters.
    let style = TextStyle::from(("sans-serif", 13.0 * 1.24).into_font()).color(&colour.1);
    let style = style.pos(Pos::new(horizontal, vertical));
    area.draw(&Text::new(words.to_owned(), at, style)).map_err(|error| anyhow!("{error}"))
}

/// Joins points by straight lines.
pub(super) fn path(area: &Area<'_>, points: &[(i32, i32)], style: ShapeStyle) -> Result<()> {
    area.draw(&PathElement::new(points, style)).map_err(|error| anyhow!("{error}"))
}

/// A mark; no two contenders that are drawn together have the same.
pub(super) fn mark(area: &Area<'_>, kind: usize, (x, y): (i32, i32), colour: Colour) -> Result<()> {
    let (full, hollow) = (colour.1.filled(), colour.1.stroke_width(2));
    let polygon = |corners: &[(i32, i32)]| {
        Polygon::new(corners.iter().map(|(dx, dy)| (x + dx, y + dy)).collect::<Vec<_>>(), full)
    };
    let square = [(x - 3, y - 3), (x + 3, y + 3)];
    let done = match kind {
        0 => area.draw(&Circle::new((x, y), 4, full)),
        1 => area.draw(&Rectangle::new(square, full)),
        2 => area.draw(&polygon(&[(0, -5), (5, 4), (-5, 4)])),
        3 => area.draw(&polygon(&[(0, -5), (5, 0), (0, 5), (-5, 0)])),
        4 => area.draw(&Circle::new((x, y), 4, hollow)),
        5 => area.draw(&Rectangle::new(square, hollow)),
        6 => area.draw(&polygon(&[(0, 5), (5, -4), (-5, -4)])),
        _ => area.draw(&Cross::new((x, y), 4, hollow)),
    };
    done.map_err(|error| anyhow!("{error}"))
}
