//! Plays a session: every line on the model, one after the other, each told and written as code.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::code::{self, Code};
use crate::command::Line;
use crate::session::{Session, Step};
use crate::world::World;
use crate::{parse, picture, tell, text};

/// How many steps a session may have.
pub const MOST_STEPS: usize = 500;

pub(crate) fn session(text: &str) -> Session {
    let mut world = World::new();
    let mut steps = Vec::new();
    let mut codes = Vec::new();
    for content in text.lines().filter_map(parse::content) {
        if steps.len() == MOST_STEPS {
            let sentence = format!(
                "A session has at most {MOST_STEPS} steps: this line and what follows it are left out."
            );
            steps.push(not_done(content, sentence));
            break;
        }
        match parse::line(content).and_then(|line| step(&mut world, content, &line)) {
            Ok((step, code)) => {
                steps.push(step);
                codes.push(code);
            }
            Err(sentence) => steps.push(not_done(content, sentence)),
        }
    }
    let state = world.state();
    Session { listing: code::listing(&codes), picture: picture::html(&state), state, steps }
}

fn step(world: &mut World, content: &str, line: &Line<'_>) -> Result<(Step, Code), String> {
    let done = world.step(line)?;
    let code = code::of(
        &line.command,
        world.actors.name(done.pid),
        world.kernel.limits().msgmax,
        done.result.end(),
    );
    let step = Step {
        line: content.to_string(),
        understood: true,
        told: tell::step(world, &line.command, &done),
        call: world.call(done.pid, &done.result),
        woken: done.woken.iter().map(|(pid, ended)| world.ended(*pid, ended)).collect(),
        c: code.c.clone(),
        rust: code.rust.clone(),
    };
    Ok((step, code))
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
