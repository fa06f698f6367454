//! Step 3 by hand: prints the bytes of a message as the kernel will read them.

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use ch03_structure::{Envelope, MessageType};

const USAGE: &str = "\
usage: ch03 TYPE TEXT    the message that carries TEXT and a NUL, byte by byte";

fn main() -> ExitCode {
    let args: Result<Vec<String>, _> = env::args_os().skip(1).map(OsString::into_string).collect();
    let Ok(args) = args else {
        eprintln!("ch03: the arguments have to be UTF-8");
        return ExitCode::from(2);
    };
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let (number, text) = match args[..] {
        ["-h" | "--help"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        [number, text] => (number, text),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    let message_type: MessageType = match number.parse() {
        Ok(message_type) => message_type,
        Err(error) => {
            eprintln!("ch03: {number}: {error}");
            return ExitCode::from(2);
        }
    };

    let mut envelope = Envelope::new();
    envelope.fill(message_type, &[text.as_bytes(), b"\0"].concat());
    print(&envelope);
    ExitCode::SUCCESS
}

/// The type in one row, the bytes in rows of eight, offsets counted from the start of the message.
fn print(envelope: &Envelope) {
    let header = envelope.message_type().raw().to_ne_bytes();
    println!("offset  bytes                    meaning");
    println!(
        "{:6}  {:23}  type {}, a C long: {} bytes that msgsz does not count",
        0,
        hex(&header),
        envelope.message_type(),
        header.len()
    );
    for (row, bytes) in envelope.bytes().chunks(8).enumerate() {
        println!(
            "{:6}  {:23}  \"{}\"",
            header.len() + 8 * row,
            hex(bytes),
            bytes.escape_ascii()
        );
    }
    println!("msgsz   {}", envelope.len());
}

fn hex(bytes: &[u8]) -> String {
    let bytes: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    bytes.join(" ")
}
