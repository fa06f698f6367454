//! The picture of a state: plain HTML that makes sense without a style sheet, and read aloud.
//!
//! The names of the classes and the shape are an agreement with the style sheet and the script: see
//! README.md. There are no ids and no headings, since a page may hold many pictures.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::session::{Message, Process, Queue, Side, State};
use crate::tell::{bytes, count};
use crate::text::escape;

pub(crate) fn html(state: &State) -> String {
    let queues: Vec<String> = state
        .queues
        .iter()
        .map(|queue| queue_box(queue, state.current))
        .collect();
    let queues = if queues.is_empty() {
        "<p class=\"sim-empty\">no queue</p>\n".to_string()
    } else {
        queues.concat()
    };
    let limits = &state.limits;
    format!(
        "<div class=\"sim-picture\">\n{}<div class=\"sim-queues\">\n{queues}</div>\n{}{}<p class=\"sim-limits\">msgmax {}, msgmnb {}, msgmni {}</p>\n</div>\n",
        side(state, Side::Left),
        side(state, Side::Right),
        others(state),
        limits.msgmax,
        limits.msgmnb,
        limits.msgmni,
    )
}

fn side(state: &State, side: Side) -> String {
    let (class, label) = match side {
        Side::Left => ("sim-left", "Senders"),
        Side::Right => ("sim-right", "Receivers"),
    };
    let processes: Vec<String> = state
        .processes
        .iter()
        .filter(|process| process.side == Some(side))
        .map(process_item)
        .collect();
    let list = if processes.is_empty() {
        "<p class=\"sim-empty\">nobody</p>\n".to_string()
    } else {
        format!(
            "<ul class=\"sim-processes\">\n{}</ul>\n",
            processes.concat()
        )
    };
    format!("<div class=\"sim-side {class}\">\n<p class=\"sim-label\">{label}</p>\n{list}</div>\n")
}

fn process_item(process: &Process) -> String {
    let name = escape(&process.name);
    let (asleep, queue, doing) = match &process.asleep {
        Some(asleep) => (
            " sim-asleep",
            format!(" data-queue=\"{}\"", asleep.queue),
            format!(
                " <span class=\"sim-doing\">asleep in {}: {}</span>",
                asleep.call,
                escape(&asleep.about)
            ),
        ),
        None => Default::default(),
    };
    let user = match process.uid {
        0 => String::new(),
        uid => format!(" <span class=\"sim-user\">uid {uid}</span>"),
    };
    let got = process.got.as_ref().map_or_else(String::new, |message| {
        format!(
            " <span class=\"sim-got\" data-serial=\"{}\" data-type=\"{}\">got type {}, {}{}</span>",
            message.serial,
            message.message_type,
            message.message_type,
            bytes(message.size as u64),
            text(message),
        )
    });
    format!(
        "<li class=\"sim-process{asleep}\" data-name=\"{name}\"{queue}><span class=\"sim-name\">{name}</span>{user}{doing}{got}</li>\n"
    )
}

fn queue_box(queue: &Queue, current: Option<i32>) -> String {
    let is_current = current == Some(queue.id);
    let shut = if queue.qbytes == 0 { " sim-shut" } else { "" };
    let key = if queue.key == 0 {
        "private".to_string()
    } else {
        format!("key {}", queue.key)
    };
    let owner = if queue.owner == 0 {
        String::new()
    } else {
        format!(", owner uid {}", queue.owner)
    };
    let messages: Vec<String> = queue.messages.iter().map(envelope).collect();
    let list = if messages.is_empty() {
        "<p class=\"sim-empty\">empty</p>\n".to_string()
    } else {
        format!("<ol class=\"sim-queue\">\n{}</ol>\n", messages.concat())
    };
    let more = match queue.qnum - messages.len() as u64 {
        0 => String::new(),
        more => format!("<p class=\"sim-more\">and {more} more</p>\n"),
    };
    format!(
        "<div class=\"sim-box{}{shut}\" data-id=\"{}\">\n<p class=\"sim-label\">Queue {} <span class=\"sim-facts\">{key}, mode {}{owner}{}</span></p>\n{}{list}{more}</div>\n",
        if is_current { " sim-current" } else { "" },
        queue.id,
        queue.id,
        escape(&queue.mode),
        if is_current {
            ", the current queue"
        } else {
            ""
        },
        gauge(queue),
    )
}

/// The text beside the meter says the same, and says it also where the queue holds more than its capacity.
fn gauge(queue: &Queue) -> String {
    let Queue {
        qnum,
        cbytes,
        qbytes,
        ..
    } = queue;
    let meter = match qbytes {
        0 => String::new(),
        most => format!(
            "<meter min=\"0\" max=\"{most}\" value=\"{}\" aria-hidden=\"true\"></meter> ",
            cbytes.min(most)
        ),
    };
    format!(
        "<p class=\"sim-gauge\">{meter}<span class=\"sim-fill\">{}, {cbytes} of {}</span></p>\n",
        count(*qnum, "message"),
        bytes(*qbytes)
    )
}

fn envelope(message: &Message) -> String {
    format!(
        "<li class=\"sim-envelope\" data-serial=\"{}\" data-type=\"{}\"><span class=\"sim-type\">type {}</span> <span class=\"sim-size\">{}</span>{}</li>\n",
        message.serial,
        message.message_type,
        message.message_type,
        bytes(message.size as u64),
        text(message),
    )
}

fn text(message: &Message) -> String {
    if message.text.is_empty() {
        return String::new();
    }
    format!(" <q class=\"sim-text\">{}</q>", escape(&message.text))
}

/// Processes that stand on neither side. The shell is not worth naming unless it is somebody else's.
fn others(state: &State) -> String {
    let others: Vec<String> = state
        .processes
        .iter()
        .filter(|process| process.side.is_none() && (process.name != "shell" || process.uid != 0))
        .map(|process| match process.uid {
            0 => escape(&process.name),
            uid => format!("{} (uid {uid})", escape(&process.name)),
        })
        .collect();
    if others.is_empty() {
        return String::new();
    }
    format!(
        "<p class=\"sim-others\">Also here: {}</p>\n",
        others.join(", ")
    )
}
