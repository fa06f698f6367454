//! The page shows what the file of figures says, and nothing else.

use std::fs;
use std::path::{Path, PathBuf};

use ch14_speed::figures::Figures;
use ch14_speed::report;

fn book() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../book")
}

/// The files in a folder that are not what its figures yield, or are not there.
fn outdated(folder: &Path) -> Vec<String> {
    let figures = Figures::read(&folder.join("figures.json")).unwrap();
    let files = report::files(&figures).unwrap();
    let is_right =
        |name: &str, text: &str| fs::read_to_string(folder.join(name)).is_ok_and(|it| it == text);
    files.into_iter().filter(|(name, text)| !is_right(name, text)).map(|(name, _)| name).collect()
}

#[test]
fn tables_and_plots_of_the_book_are_what_its_figures_yield() {
    let outdated = outdated(&book().join("speed"));
    assert!(
        outdated.is_empty(),
        "run `cargo run -p ch14-speed -- plot`: {outdated:?} are outdated"
    );
}

#[test]
fn file_of_figures_is_written_as_it_was_read() {
    let file = book().join("speed/figures.json");
    let text = fs::read_to_string(&file).unwrap();
    assert_eq!(Figures::read(&file).unwrap().text().unwrap(), text);
}

#[test]
fn outdated_plot_and_table_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let mut figures = Figures::read(&book().join("speed/figures.json")).unwrap();
    let write = |figures: &Figures| {
        fs::write(folder.path().join("figures.json"), figures.text().unwrap()).unwrap();
    };
    write(&figures);
    report::write(folder.path(), &figures).unwrap();
    assert!(outdated(folder.path()).is_empty());

    // Another run: one contender was three times as slow in one experiment.
    let group = figures.groups.iter_mut().find(|group| group.experiment == "one-way-2").unwrap();
    group.series[0].ns.iter_mut().for_each(|ns| *ns *= 3.0);
    write(&figures);
    assert_eq!(outdated(folder.path()), ["figures.txt", "one-way-2.svg"]);
}

#[test]
fn page_has_no_figure_of_its_own_and_shows_every_plot() {
    let Ok(page) = fs::read_to_string(book().join("speed.md")) else {
        return; // not written yet
    };
    assert_eq!(typed(&page), [""; 0]);
    for file in fs::read_dir(book().join("speed")).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let shown = page.contains(&format!("{{{{#include speed/{name}}}}}"));
        assert!(shown || !name.ends_with(".svg"), "no page shows {name}");
    }
}

/// What a run would change: a unit of time, or a ratio.
const UNITS: [&str; 11] = [
    "ns",
    "µs",
    "us",
    "ms",
    "nanosecond",
    "microsecond",
    "millisecond",
    "%",
    "percent",
    "times",
    "× ",
];

/// The lines of a page, outside of code, where a number has such a unit and is not included.
fn typed(page: &str) -> Vec<&str> {
    let mut is_code = false;
    let mut typed = Vec::new();
    for line in page.lines() {
        is_code ^= line.starts_with("```");
        if !is_code && has_figure(line) {
            typed.push(line);
        }
    }
    typed
}

fn has_figure(line: &str) -> bool {
    // Outside of `code`, and of includes.
    let text: String = line.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    let parts = text.split("{{").map(|part| part.split_once("}}").map_or(part, |(_, rest)| rest));
    let text = parts.collect::<Vec<_>>().join(" ");
    let numbers = text.match_indices(|c: char| c.is_ascii_digit());
    numbers.into_iter().any(|(place, _)| {
        let rest = &text[place + 1..];
        let rest = rest.trim_start_matches([' ', '\u{a0}', '-']);
        UNITS.iter().any(|unit| rest.strip_prefix(unit).is_some_and(|after| !goes_on(unit, after)))
    })
}

/// `3 message` is not `3 m`; `3 microseconds` is microseconds.
fn goes_on(unit: &str, after: &str) -> bool {
    unit.len() < 4 && after.starts_with(|c: char| c.is_alphanumeric())
}

#[test]
fn figure_typed_by_hand_is_found() {
    for line in ["It takes 3 µs.", "0.9 microseconds", "1.5 times as long", "by 40%", "**12 ns**"]
    {
        assert!(has_figure(line), "{line}");
    }
    for line in [
        "It takes {{#include speed/figures.txt:calls-bare}} a message.",
        "messages of 8,192 bytes, 16 senders, chapter 13",
        "`sleep 3 ms` and {{#include a.txt:b}} times as long",
        "3 users",
    ] {
        assert!(!has_figure(line), "{line}");
    }
    assert_eq!(typed("a\n```text\n3 µs\n```\n3 µs\n"), ["3 µs"]);
}
