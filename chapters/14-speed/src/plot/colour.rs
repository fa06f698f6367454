//! The page's colours.

use plotters::style::RGBColor;

/// A colour of the page: the variable of `book/look/colours.css`, and what it is in the light.
///
/// It is drawn in the light's colour; the finished picture asks for the variable, and falls back on
/// that colour where there is no page around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour(&'static str, pub(super) RGBColor);

pub(super) const FG: Colour = Colour("fg", RGBColor(0x1e, 0x23, 0x28));
pub(super) const MUTED: Colour = Colour("muted", RGBColor(0x5a, 0x63, 0x6d));
pub(super) const LINE: Colour = Colour("line", RGBColor(0xe0, 0xe0, 0xd9));

/// For the contenders: the book's own colours, the first one for our queue. No two are told apart
/// by colour alone: each line has its mark and its name beside it.
pub(super) const SERIES: [Colour; 8] = [
    Colour("accent", RGBColor(0x1c, 0x5d, 0x99)),
    Colour("warm", RGBColor(0xa8, 0x41, 0x2a)),
    Colour("good", RGBColor(0x2c, 0x6b, 0x3f)),
    Colour("code-keyword", RGBColor(0x7d, 0x3c, 0x98)),
    Colour("code-number", RGBColor(0x9a, 0x4a, 0x0b)),
    Colour("code-type", RGBColor(0x0f, 0x66, 0x70)),
    FG,
    MUTED,
];

/// Puts the page's variables in the place of the colours.
pub(super) fn of_the_page(svg: &str) -> String {
    let mut svg = svg.to_owned();
    for Colour(name, RGBColor(red, green, blue)) in SERIES.into_iter().chain([LINE]) {
        let plain = format!("#{red:02X}{green:02X}{blue:02X}");
        let variable = format!("var(--{name}, {})", plain.to_lowercase());
        svg = svg.replace(&format!("\"{plain}\""), &format!("\"{variable}\""));
    }
    svg
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn colours_are_those_of_the_page_in_the_light() {
        let sheet = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../book/look/colours.css");
        let sheet = fs::read_to_string(sheet).unwrap();
        for Colour(name, RGBColor(red, green, blue)) in SERIES.into_iter().chain([LINE]) {
            let expected = format!("--{name}: light-dark(#{red:02x}{green:02x}{blue:02x}, ");
            assert!(sheet.contains(&expected), "{expected}");
        }
    }
}
