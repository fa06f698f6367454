//! What the person sees while it measures.

use std::io::{IsTerminal, stderr};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar on a terminal, lines in a file. Nothing is drawn while a sample is taken, and no thread
/// draws.
#[derive(Debug)]
pub struct Progress {
    bar: Option<ProgressBar>,
    total: usize,
}

impl Progress {
    /// So many steps in all, so many of which are done already.
    #[must_use]
    pub fn begin(total: usize, done: usize) -> Progress {
        let bar = stderr().is_terminal().then(|| {
            let target = ProgressDrawTarget::stderr();
            let bar = ProgressBar::with_draw_target(Some(total as u64), target);
            let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {elapsed} {msg}");
            bar.set_style(style.expect("the template is right"));
            bar.set_position(done as u64);
            bar
        });
        Progress { bar, total }
    }

    /// Step `number`, counted from 1, begins.
    pub fn step(&self, number: usize, what: &str) {
        match &self.bar {
            Some(bar) => {
                bar.set_position(number as u64 - 1);
                bar.set_message(what.to_owned());
                bar.force_draw();
            }
            None => eprintln!("{number} of {}: {what}", self.total),
        }
    }

    /// Nothing more is to come.
    pub fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
