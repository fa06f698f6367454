//! Scenes: two terminals, and a third that looks on.
//!
//! A scene is a folder of `tests/book/scenes`. Its `play.txt` says who does what ([`script`]); the
//! test plays it with the real programs, each in a pseudo-terminal, and compares what each terminal
//! shows with the file of its name beside the play. Those files are what a page includes.
//!
//! With `SCENES=overwrite` in the environment the files are written instead.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::Path;

use crate::{book, programs};

pub mod script;
pub mod terminal;

use script::{Act, Step};
use terminal::Terminal;

/// Where the scenes are, relative to the repository.
pub const FOLDER: &str = "tests/book/scenes";

/// Plays a scene, alone, and compares.
///
/// # Panics
///
/// When a terminal shows something else than its file says, and when the play cannot go on.
pub fn run(scene: &str, session: &Path) {
    programs::build(session);
    let folder = book::root().join(FOLDER).join(scene);
    let shown = Path::new(FOLDER).join(scene).join("play.txt");
    let text = book::read(&folder.join("play.txt"));
    let steps = script::parse(&shown, &text).unwrap_or_else(|problem| panic!("{problem}"));
    support::in_namespace(|_room| {
        for (terminal, recorded) in play(&shown, &steps, session) {
            let file = folder.join(&terminal).with_extension("txt");
            if env::var_os("SCENES").is_some_and(|value| value == "overwrite") {
                fs::write(&file, recorded).unwrap_or_else(|error| panic!("{error}"));
            } else {
                compare(scene, &terminal, &file, &recorded);
            }
        }
    });
}

/// Plays the steps and returns what each terminal showed.
fn play(shown: &Path, steps: &[Step], session: &Path) -> BTreeMap<String, String> {
    let mut terminals: BTreeMap<&str, Terminal> = BTreeMap::new();
    for step in steps {
        let terminal = terminals.entry(&step.terminal).or_default();
        let done = match &step.act {
            Act::Runs(command) => terminal.run(command, session),
            Act::Shows(text) => terminal.wait_for(text),
            Act::Types(text) => terminal.type_line(text),
            Act::Presses(letter) => terminal.press(*letter),
            Act::Ends(status) => terminal.wait_for_end(*status),
            Act::IsKilled => terminal.kill(),
        };
        if let Err(reason) = done {
            let (play, line) = (shown.display(), step.line);
            let text = terminal.text();
            panic!("{play}:{line}: {reason}\nThe terminal {} shows:\n{text}", step.terminal);
        }
    }
    let texts = terminals.iter().map(|(name, terminal)| {
        assert!(!terminal.is_busy(), "{}: {name} never ends", shown.display());
        ((*name).to_owned(), terminal.text())
    });
    texts.collect()
}

fn compare(scene: &str, terminal: &str, file: &Path, recorded: &str) {
    let expected = fs::read_to_string(file).unwrap_or_default();
    let differs = || {
        let mut pairs = expected.lines().zip(recorded.lines());
        1 + pairs.position(|(old, new)| old != new).unwrap_or_else(|| {
            let (old, new) = (expected.lines().count(), recorded.lines().count());
            old.min(new)
        })
    };
    assert!(
        expected == recorded,
        "{FOLDER}/{scene}/{terminal}.txt:{}: the terminal shows something else now. If that is \
         right, run this test again with SCENES=overwrite.\n--- the file\n{expected}--- the \
         terminal\n{recorded}",
        differs(),
    );
}
