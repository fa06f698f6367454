//! The simulator's blocks: a scene in the prose becomes a component of the page.
//!
//! ````text
//! ```simulator
//! id: unfair-wait
//! title: The unfair wait
//! limit msgmnb 9000
//! create 1234
//! ? Who gets in first?
//! A: send 1 *8000
//! B: send 1 *3000
//! recv
//! = A message that fits, whoever sends it.
//! ```
//! ````
//!
//! What a scene comes to is found out here, by the same code that the page runs as WebAssembly. The
//! page holds it as a picture and a list, and the script puts the component in their place where it
//! can: without scripts, and on paper, nothing is missing but the buttons.

mod block;
mod fallback;

use simulator_page::Session;

use block::Block;
pub(crate) use fallback::escaped;

/// Plays a session from its first line to its last: [`simulator_page::session`], or a test's own.
pub type Play = dyn Fn(&str) -> Session;

/// A block in its place on the page.
#[derive(Debug)]
pub struct Component {
    /// Its name, of which there is one in the whole book.
    pub id: String,
    /// HTML without blank lines, so that Markdown lets it stand.
    pub html: String,
}

/// Something in a block that must not get into a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, counted from 1 for the one below the opening backticks.
    pub line: usize,
    /// What is wrong and what to do about it.
    pub reason: String,
}

/// Makes a component of the lines between the backticks.
///
/// # Errors
///
/// Everything that is wrong with the block.
pub fn component(lines: &[String], play: &Play) -> Result<Component, Vec<Fault>> {
    let block = Block::parse(lines)?;
    let start = play(&block.setup_text());
    let end = play(&block.text());
    let written = block.setup.iter().chain(&block.steps);
    let faults: Vec<Fault> = written
        .zip(&end.steps)
        .filter(|(_, step)| !step.understood)
        .map(|(line, step)| Fault {
            line: line.number,
            reason: format!("`{}`: {}", line.text, step.told.join(" ")),
        })
        .collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(Component { html: fallback::html(&block, &start, &end), id: block.id })
}

#[cfg(test)]
mod tests;
