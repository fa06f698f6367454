//! The picture of a state: plain HTML that makes sense without a style sheet, and read aloud.
//!
//! The names of the classes and the shape are an agreement with the style sheet and the script: see
//! README.md. There are no ids and no headings, since a page may hold many pictures.

mod processes;
mod queue;

use alloc::string::String;
use core::fmt::{Arguments, Write};

use crate::session::{Message, Side, State};
use crate::text::escaped;

pub(crate) fn html(state: &State) -> String {
    let mut picture = Picture(String::new());
    picture.put(format_args!("<div class=\"sim-picture\">\n"));
    picture.side(state, Side::Left);
    picture.put(format_args!("<div class=\"sim-queues\">\n"));
    if state.queues.is_empty() {
        picture.put(format_args!("<p class=\"sim-empty\">no queue</p>\n"));
    }
    for queue in &state.queues {
        picture.queue(queue, state.current == Some(queue.id));
    }
    picture.gone(state);
    picture.put(format_args!("</div>\n"));
    picture.side(state, Side::Right);
    picture.others(state);
    let limits = &state.limits;
    picture.put(format_args!(
        "<p class=\"sim-limits\">msgmax {}, msgmnb {}, msgmni {}</p>\n</div>\n",
        limits.msgmax, limits.msgmnb, limits.msgmni
    ));
    picture.0
}

/// The HTML so far.
struct Picture(String);

impl Picture {
    fn put(&mut self, html: Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.0.write_fmt(html);
    }

    fn text(&mut self, message: &Message) {
        if !message.text.is_empty() {
            self.put(format_args!(" <q class=\"sim-text\">{}</q>", escaped(&message.text)));
        }
    }
}
