//! Step 4 by hand: sends its arguments, one message each.

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::{Sender, explain};

const USAGE: &str = "\
usage: ch04 ID TYPE TEXT...         send each TEXT and a NUL to queue ID; wait for room
       ch04 --try ID TYPE TEXT...   do not wait";

fn main() -> ExitCode {
    let args: Result<Vec<String>, _> = env::args_os().skip(1).map(OsString::into_string).collect();
    let Ok(args) = args else {
        eprintln!("ch04: the arguments have to be UTF-8");
        return ExitCode::from(2);
    };
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let (wait, id, number, texts) = match args[..] {
        ["-h" | "--help"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        ["--try", id, number, ref texts @ ..] if !texts.is_empty() => (false, id, number, texts),
        [id, number, ref texts @ ..] if !texts.is_empty() && id != "--try" => {
            (true, id, number, texts)
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    let Ok(id) = id.parse() else {
        eprintln!("ch04: {id}: a queue id is a whole number, as ch02 and ipcs -q print it");
        return ExitCode::from(2);
    };
    let message_type: MessageType = match number.parse() {
        Ok(message_type) => message_type,
        Err(error) => {
            eprintln!("ch04: {number}: {error}");
            return ExitCode::from(2);
        }
    };

    let mut sender = Sender::new(Queue::from_id(id));
    for text in texts {
        let bytes = [text.as_bytes(), b"\0"].concat();
        let sent = if wait {
            sender.send(message_type, &bytes)
        } else {
            sender.try_send(message_type, &bytes)
        };
        if let Err(errno) = sent {
            eprintln!(
                "ch04: msgsnd: \"{text}\" was not sent: {} ({errno:?})",
                explain(errno)
            );
            return ExitCode::FAILURE;
        }
        println!("sent type {message_type}, {} bytes", bytes.len());
    }
    ExitCode::SUCCESS
}
