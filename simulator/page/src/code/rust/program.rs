//! The steps as one program.

use alloc::string::String;
use alloc::vec::Vec;

use super::LACKING;
use crate::code::{Code, contains};

/// What is used, and the call or the path by which that shows.
const NAMES: [(&str, &str); 14] = [
    ("Errno", " Errno::"),
    ("Gid", "Gid::"),
    ("Key", "Key::"),
    ("MessageType", "MessageType::"),
    ("Mode", "Mode::"),
    ("Queue", "Queue::"),
    ("Receiver", "Receiver::"),
    ("Select", "Select::"),
    ("Sender", "Sender::"),
    ("Settings", "Settings::"),
    ("Status", "Status::"),
    ("Uid", "Uid::"),
    ("remove", "remove(queue"),
    ("set_capacity", "set_capacity(queue"),
];

const WHOSE: &str = "    // Above each call stands whose it is: these are several processes.
    // A single one would sleep for ever where a call sleeps.

";

pub(crate) fn program(codes: &[Code], several: bool) -> String {
    let mut body = String::new();
    // Of what is only named in comments nothing is imported.
    let mut code = String::new();
    let mut said = Vec::new();
    for (place, step) in codes.iter().enumerate() {
        if several && !step.by.is_empty() {
            body.extend(["\n    // ", &step.by, "\n"]);
        }
        for line in step.rust.lines() {
            let line =
                if said.contains(&line) { "// Not in this book's crates either." } else { line };
            if line.starts_with(LACKING) {
                said.push(line);
            }
            // A variable that nobody reads is worth a warning to the compiler.
            let line = match line.strip_prefix("let queue = ") {
                Some(_) if is_used(&codes[place + 1..]) => line,
                Some(unused) if unused.starts_with("Queue::from_id") => continue,
                Some(unused) => unused,
                None => line,
            };
            body.extend(["    ", line, "\n"]);
            if !line.starts_with("//") {
                code.push_str(line);
            }
        }
    }
    let mut program = String::new();
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
    if several && codes.iter().any(|step| step.sleeps) {
        program.push_str(WHOSE);
    }
    program.extend([body.trim_start_matches('\n'), "    Ok(())\n}\n"]);
    program
}

/// Whether the queue of one step is used in those that come after it, before there is another.
fn is_used(later: &[Code]) -> bool {
    later
        .iter()
        .flat_map(|step| step.rust.lines())
        .filter(|line| !line.starts_with("//"))
        .take_while(|line| !line.starts_with("let queue = "))
        .any(|line| contains(line, "(queue"))
}
