//! Plays a session: every line on the model, one after the other.

mod actors;
mod result;
mod state;
mod world;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::session::{Session, Step};
use crate::{code, parse, picture, text};
pub(crate) use actors::Actors;
pub(crate) use result::Result;
pub(crate) use world::World;

/// How many steps a session may have.
pub const MOST_STEPS: usize = 500;

pub(crate) fn session(text: &str) -> Session {
    let mut world = World::new();
    let mut steps = Vec::new();
    for content in text.lines().filter_map(parse::content) {
        if steps.len() == MOST_STEPS {
            let sentence = format!(
                "A session has at most {MOST_STEPS} steps: this line and what follows it are left out. Begin again with fewer."
            );
            steps.push(not_done(content, sentence));
            break;
        }
        let step = parse::line(content).and_then(|line| world.step(content, &line));
        steps.push(step.unwrap_or_else(|sentence| not_done(content, sentence)));
    }
    let state = world.state();
    Session {
        listing: code::listing(steps.iter().map(|step| {
            let process = step.call.as_ref().map_or("", |call| &call.process);
            (process, step.c.as_str(), step.rust.as_str())
        })),
        picture: picture::html(&state),
        state,
        steps,
    }
}

/// A line that changes nothing, and why.
fn not_done(line: &str, sentence: String) -> Step {
    Step {
        line: text::shortened(line, parse::LONGEST_LINE),
        understood: false,
        told: Vec::from([sentence]),
        call: None,
        woken: Vec::new(),
        c: String::new(),
        rust: String::new(),
    }
}
