//! The processes, at both sides of the queues and elsewhere.

use super::Picture;
use crate::session::{Process, Side, State};
use crate::text::escaped;
use crate::words::bytes;

impl Picture {
    pub(super) fn side(&mut self, state: &State, side: Side) {
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
        let end =
            if nobody { "<p class=\"sim-empty\">nobody</p>\n</div>\n" } else { "</ul>\n</div>\n" };
        self.put(format_args!("{end}"));
    }

    fn process(&mut self, process: &Process) {
        let name = escaped(&process.name);
        match &process.asleep {
            Some(asleep) => self.put(format_args!(
                "<li class=\"sim-process sim-asleep\" data-name=\"{name}\" data-queue=\"{}\">",
                asleep.queue
            )),
            None => self.put(format_args!("<li class=\"sim-process\" data-name=\"{name}\">")),
        }
        self.put(format_args!("<span class=\"sim-name\">{name}</span>"));
        if process.uid != 0 {
            self.put(format_args!(" <span class=\"sim-user\">uid {}</span>", process.uid));
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

    /// Processes that stand on neither side. The shell is not worth naming unless it is somebody
    /// else's.
    pub(super) fn others(&mut self, state: &State) {
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
