//! The tables of a page, with the heading that each is below.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use crate::Page;

/// A table.
#[derive(Debug, Default)]
pub struct Table {
    /// The headings that it is below, the page's title first.
    pub headings: Vec<String>,
    /// The first row.
    pub head: Row,
    /// The other rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Default)]
pub struct Row {
    /// The line on the page.
    pub line: usize,
    /// Its cells, from left to right.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug, Default)]
pub struct Cell {
    /// Its text, without spaces around it.
    pub text: String,
    /// What is set as code in it.
    pub codes: Vec<String>,
}

impl Table {
    /// The tables of a page.
    pub fn all(page: &Page) -> Vec<Self> {
        let mut tables: Vec<Self> = Vec::new();
        let mut headings: Vec<(HeadingLevel, String)> = Vec::new();
        let mut row = Row::default();
        let mut text = String::new();
        for (event, line) in page.events() {
            match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    headings.retain(|(above, _)| *above < level);
                    text.clear();
                }
                Event::End(TagEnd::Heading(level)) => {
                    headings.push((level, text.trim().to_owned()));
                }
                Event::Start(Tag::Table(_)) => tables.push(Self {
                    headings: headings.iter().map(|(_, text)| text.clone()).collect(),
                    ..Self::default()
                }),
                Event::Start(Tag::TableHead | Tag::TableRow) => {
                    row = Row { line, cells: Vec::new() };
                }
                Event::Start(Tag::TableCell) => {
                    row.cells.push(Cell::default());
                    text.clear();
                }
                Event::End(TagEnd::TableCell) => {
                    let cell = row.cells.last_mut().expect("a cell has begun");
                    text.trim().clone_into(&mut cell.text);
                }
                Event::End(end @ (TagEnd::TableHead | TagEnd::TableRow)) => {
                    let table = tables.last_mut().expect("a row is in a table");
                    let row = std::mem::take(&mut row);
                    match end {
                        TagEnd::TableHead => table.head = row,
                        _ => table.rows.push(row),
                    }
                }
                Event::Code(code) => {
                    text.push_str(&code);
                    if let Some(cell) = row.cells.last_mut() {
                        cell.codes.push(code.to_string());
                    }
                }
                Event::Text(part) => text.push_str(&part),
                _ => {}
            }
        }
        tables
    }
}
