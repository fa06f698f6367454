//! The queues: what is known of each, how full it is, what is in it.

use super::Picture;
use crate::session::{Queue, State};
use crate::text::escaped;
use crate::words::{bytes, count, filled, key};

impl Picture {
    pub(super) fn queue(&mut self, queue: &Queue, current: bool) {
        self.put(format_args!(
            "<div class=\"sim-box{}{}\" data-id=\"{}\">\n<p class=\"sim-label\">Queue {} <span class=\"sim-facts\">",
            if current { " sim-current" } else { "" },
            if queue.qbytes == 0 { " sim-shut" } else { "" },
            queue.id,
            queue.id,
        ));
        self.put(format_args!("{}, mode {}", key(queue.key), escaped(&queue.mode)));
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

    /// The text beside the meter says the same, and says it also where the queue holds more than
    /// its capacity.
    fn gauge(&mut self, queue: &Queue) {
        let Queue { qnum, cbytes, qbytes, .. } = queue;
        // Where nothing gets in, the meter is full.
        let (full, value) = if *qbytes > 0 { (*qbytes, *cbytes.min(qbytes)) } else { (1, 1) };
        self.put(format_args!(
            "<p class=\"sim-gauge\"><meter min=\"0\" max=\"{full}\" value=\"{value}\" aria-hidden=\"true\"></meter> \
             <span class=\"sim-fill\">{}, {}</span></p>\n",
            count(*qnum, "message"),
            filled(*cbytes, *qbytes, *qnum)
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

    /// The current queue, where there is no such queue any more: what comes next is about it all
    /// the same.
    pub(super) fn gone(&mut self, state: &State) {
        let there = |id| state.queues.iter().any(|queue| queue.id == id);
        if let Some(id) = state.current.filter(|id| !there(*id)) {
            self.put(format_args!(
                "<p class=\"sim-gone\"><span class=\"sim-facts\">current: id {id}, no such queue</span></p>\n"
            ));
        }
    }
}
