//! The scenes that stand in the book.

use std::fs;
use std::path::{Path, PathBuf};

use simulator_page::session;

/// The lines of every ```` ```simulator ```` block of the book, with the page and the line where it
/// begins.
pub(crate) fn scenes() -> Vec<(String, String)> {
    let book: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../book");
    let pages = fs::read_dir(&book).unwrap().map(|page| page.unwrap().path());
    let mut pages: Vec<_> = pages.filter(|page| page.extension() == Some("md".as_ref())).collect();
    pages.sort();
    let scenes = pages.iter().flat_map(|page| {
        let name = page.file_name().unwrap().to_string_lossy();
        scenes_of(&name, &fs::read_to_string(page).unwrap())
    });
    scenes.collect()
}

fn scenes_of(page: &str, text: &str) -> Vec<(String, String)> {
    let mut scenes = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if line.trim() != "```simulator" {
            continue;
        }
        let marks = ["id:", "title:", "? ", "= "];
        let block = lines.by_ref().map(|(_, line)| line);
        let block = block.take_while(|line| line.trim() != "```");
        let commands: Vec<&str> =
            block.filter(|line| !marks.iter().any(|mark| line.starts_with(mark))).collect();
        scenes.push((format!("book/{page}:{}", number + 1), commands.join("\n")));
    }
    scenes
}

#[test]
fn scenes_are_found_in_a_page() {
    let page = "text\n\n```simulator\nid: a\ntitle: b\ncreate 1\n? what\nsend 1 x\n= that\n```\n\n```c\nint i;\n```\n";
    assert_eq!(
        scenes_of("page.md", page),
        [("book/page.md:3".to_string(), "create 1\nsend 1 x".to_string())]
    );
}

#[test]
fn every_line_of_every_scene_is_understood() {
    for (place, lines) in scenes() {
        for step in session(&lines).steps {
            assert!(step.understood, "{place}: {}: {}", step.line, step.told[0]);
        }
    }
}
