//! Step 3 by hand: prints the bytes of a message as the kernel will read them.

use std::process::ExitCode;

use ch03_structure::{Envelope, MessageType};
use streams::{Failure, argument, program, stdout};

const USAGE: &str = "\
usage: ch03 TYPE TEXT    the message that carries TEXT and a NUL, byte by byte";

fn main() -> ExitCode {
    program("ch03", USAGE, |args| {
        let [number, text] = *args else {
            return Err(Failure::usage());
        };
        let message_type: MessageType = argument(number)?;

        let mut envelope = Envelope::new();
        envelope.fill(message_type, &[text.as_bytes(), b"\0"].concat());
        stdout()?.line(rows(&envelope).join("\n")).map_err(|error| Failure::output(&error))
    })
}

/// The type in one row, the bytes in rows of eight, offsets counted from the start of the message.
fn rows(envelope: &Envelope) -> Vec<String> {
    let header = envelope.message_type().raw().to_ne_bytes();
    let mut rows = vec![
        "offset  bytes                    meaning".to_owned(),
        format!(
            "{:6}  {:23}  type {}, a C long: {} bytes that msgsz does not count",
            0,
            hex(&header),
            envelope.message_type(),
            header.len()
        ),
    ];
    rows.extend(envelope.bytes().chunks(8).enumerate().map(|(row, bytes)| {
        format!("{:6}  {:23}  \"{}\"", header.len() + 8 * row, hex(bytes), bytes.escape_ascii())
    }));
    rows.push(format!("msgsz   {}", envelope.len()));
    rows
}

fn hex(bytes: &[u8]) -> String {
    let bytes: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    bytes.join(" ")
}
