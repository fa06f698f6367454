//! The picture of a state: plain HTML that makes sense without a style sheet, and read aloud.
//!
//! The names of the classes and the shape are an agreement with the style sheet and the script: see
//! README.md. There are no ids and no headings, since a page may hold many pictures.

use alloc::string::String;
use core::fmt::{Arguments, Write};

use crate::session::{Message, Process, Queue, Side, State};
use crate::tell::{bytes, count};
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

    fn side(&mut self, state: &State, side: Side) {
        let (class, label) = match side {
            Side::Left => ("sim-left", "Senders"),
            Side::Right => ("sim-right", "Receivers"),
        };
        self.put(format_args!(
            "<div class=\"sim-side {class}\">\n<p class=\"sim-label\">{label}</p>\n"
        ));
        let mut nobody = true;
        for process in &state.processes {
            if process.side == Some(side) {
                if nobody {
                    self.put(format_args!("<ul class=\"sim-processes\">\n"));
                }
                nobody = false;
                self.process(process);
            }
        }
        let end = if nobody {
            "<p class=\"sim-empty\">nobody</p>\n</div>\n"
        } else {
            "</ul>\n</div>\n"
        };
        self.put(format_args!("{end}"));
    }

    fn process(&mut self, process: &Process) {
        let name = escaped(&process.name);
        match &process.asleep {
            Some(asleep) => self.put(format_args!(
                "<li class=\"sim-process sim-asleep\" data-name=\"{name}\" data-queue=\"{}\">",
                asleep.queue
            )),
            None => self.put(format_args!(
                "<li class=\"sim-process\" data-name=\"{name}\">"
            )),
        }
        self.put(format_args!("<span class=\"sim-name\">{name}</span>"));
        if process.uid != 0 {
            self.put(format_args!(
                " <span class=\"sim-user\">uid {}</span>",
                process.uid
            ));
        }
        if let Some(asleep) = &process.asleep {
            self.put(format_args!(
                " <span class=\"sim-doing\">asleep in {}: {}</span>",
                asleep.call,
                escaped(&asleep.about)
            ));
        }
        if let Some(got) = &process.got {
            self.put(format_args!(
                " <span class=\"sim-got\" data-serial=\"{}\" data-type=\"{}\">got type {}, {}",
                got.serial,
                got.message_type,
                got.message_type,
                bytes(got.size as u64)
            ));
            self.text(got);
            self.put(format_args!("</span>"));
        }
        self.put(format_args!("</li>\n"));
    }

    fn queue(&mut self, queue: &Queue, current: bool) {
        self.put(format_args!(
            "<div class=\"sim-box{}{}\" data-id=\"{}\">\n<p class=\"sim-label\">Queue {} <span class=\"sim-facts\">",
            if current { " sim-current" } else { "" },
            if queue.qbytes == 0 { " sim-shut" } else { "" },
            queue.id,
            queue.id,
        ));
        match queue.key {
            0 => self.put(format_args!("private")),
            key => self.put(format_args!("key {key}")),
        }
        self.put(format_args!(", mode {}", escaped(&queue.mode)));
        if queue.owner != 0 {
            self.put(format_args!(", owner uid {}", queue.owner));
        }
        if current {
            self.put(format_args!(", the current queue"));
        }
        self.put(format_args!("</span></p>\n"));
        self.gauge(queue);
        self.messages(queue);
        self.put(format_args!("</div>\n"));
    }

    /// The text beside the meter says the same, and says it also where the queue holds more than its capacity.
    fn gauge(&mut self, queue: &Queue) {
        let Queue {
            qnum,
            cbytes,
            qbytes,
            ..
        } = queue;
        self.put(format_args!("<p class=\"sim-gauge\">"));
        if *qbytes > 0 {
            self.put(format_args!(
                "<meter min=\"0\" max=\"{qbytes}\" value=\"{}\" aria-hidden=\"true\"></meter> ",
                cbytes.min(qbytes)
            ));
        }
        self.put(format_args!(
            "<span class=\"sim-fill\">{}, {cbytes} of {}</span></p>\n",
            count(*qnum, "message"),
            bytes(*qbytes)
        ));
    }

    fn messages(&mut self, queue: &Queue) {
        if queue.messages.is_empty() {
            return self.put(format_args!("<p class=\"sim-empty\">empty</p>\n"));
        }
        self.put(format_args!("<ol class=\"sim-queue\">\n"));
        for message in &queue.messages {
            self.put(format_args!(
                "<li class=\"sim-envelope\" data-serial=\"{}\" data-type=\"{}\"><span class=\"sim-type\">type {}</span> <span class=\"sim-size\">{}</span>",
                message.serial,
                message.message_type,
                message.message_type,
                bytes(message.size as u64),
            ));
            self.text(message);
            self.put(format_args!("</li>\n"));
        }
        self.put(format_args!("</ol>\n"));
        let more = queue.qnum - queue.messages.len() as u64;
        if more > 0 {
            self.put(format_args!("<p class=\"sim-more\">and {more} more</p>\n"));
        }
    }

    fn text(&mut self, message: &Message) {
        if !message.text.is_empty() {
            self.put(format_args!(
                " <q class=\"sim-text\">{}</q>",
                escaped(&message.text)
            ));
        }
    }

    /// Processes that stand on neither side. The shell is not worth naming unless it is somebody else's.
    fn others(&mut self, state: &State) {
        let mut begin = "<p class=\"sim-others\">Also here: ";
        for process in &state.processes {
            if process.side.is_some() || (process.name == "shell" && process.uid == 0) {
                continue;
            }
            self.put(format_args!("{begin}{}", escaped(&process.name)));
            if process.uid != 0 {
                self.put(format_args!(" (uid {})", process.uid));
            }
            begin = ", ";
        }
        if begin == ", " {
            self.put(format_args!("</p>\n"));
        }
    }
}
