//! The steps as one program.

use alloc::string::String;

use crate::code::contains;

/// What is used, and the call or the path by which that shows.
const NAMES: [(&str, &str); 10] = [
    ("Key", "Key::"),
    ("MessageType", "MessageType::"),
    ("Mode", "Mode::"),
    ("Queue", "Queue::"),
    ("Receiver", "Receiver::"),
    ("Select", "Select::"),
    ("Sender", "Sender::"),
    ("Status", "Status::"),
    ("remove", "remove(queue"),
    ("set_capacity", "set_capacity(queue"),
];

pub(crate) fn program<'a>(
    steps: impl Iterator<Item = (&'a str, &'a str)>,
    several: bool,
) -> String {
    let mut body = String::new();
    // Of what is only named in comments nothing is imported.
    let mut code = String::new();
    for (process, step) in steps {
        if several && !process.is_empty() {
            body.extend(["\n    // ", process, "\n"]);
        }
        for line in step.lines() {
            body.extend(["    ", line, "\n"]);
            if !line.starts_with("//") {
                code.push_str(line);
            }
        }
    }
    let mut program = String::new();
    if contains(&code, " Errno::") {
        program.push_str("use nix::errno::Errno;\n");
    }
    let mut separator = "use sysv_mq::{";
    for (name, shows) in NAMES {
        if contains(&code, shows) {
            program.extend([separator, name]);
            separator = ", ";
        }
    }
    if separator == ", " {
        program.push_str("};\n\n");
    }
    program.push_str("fn main() -> nix::Result<()> {\n");
    if several {
        program.push_str("    // Several processes: above each call stands whose it is. Alone, a call that sleeps would sleep for ever.\n");
    }
    program.extend([body.trim_start_matches('\n'), "    Ok(())\n}\n"]);
    program
}
