//! Step 5 by hand: takes one message, or looks at one.

use std::env;
use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch05_receive::{Message, Receiver, Select, explain};

const USAGE: &str = "\
usage: ch05 [--try] ID [WHICH]    take one message out of queue ID; --try does not wait
       ch05 --peek ID [PLACE]     look at the message at PLACE (0, the oldest) and leave it
WHICH: any (the oldest), N (the oldest of type N), not:N (of any other type),
       upto:N (the lowest type, N at most)";

fn main() -> ExitCode {
    let args: Result<Vec<String>, _> = env::args_os().skip(1).map(OsString::into_string).collect();
    let Ok(args) = args else {
        eprintln!("ch05: the arguments have to be UTF-8");
        return ExitCode::from(2);
    };
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let (option, rest) = match args[..] {
        ["-h" | "--help"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        [option @ ("--try" | "--peek"), ref rest @ ..] => (option, rest),
        ref rest => ("", rest),
    };
    let (id, which) = match *rest {
        [id] => (id, None),
        [id, which] => (id, Some(which)),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    let Ok(id) = id.parse() else {
        eprintln!("ch05: {id}: a queue id is a whole number, as ch02 and ipcs -q print it");
        return ExitCode::from(2);
    };
    let mut receiver = Receiver::new(Queue::from_id(id));
    let received = if option == "--peek" {
        let Ok(place) = which.unwrap_or("0").parse() else {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        };
        peek(&mut receiver, place)
    } else {
        let Some(select) = select(which.unwrap_or("any")) else {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        };
        match option {
            "--try" => receiver.try_recv(select),
            _ => receiver.recv(select).map(Some),
        }
    };
    match received {
        Ok(Some(message)) => match print(message) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("ch05: the message was received and cannot be printed: {error}");
                ExitCode::FAILURE
            }
        },
        Ok(None) => {
            eprintln!("ch05: no such message is in the queue now (ENOMSG)");
            ExitCode::FAILURE
        }
        Err(errno) => {
            eprintln!("ch05: msgrcv: {} ({errno:?})", explain(errno));
            ExitCode::FAILURE
        }
    }
}

#[cfg(target_os = "linux")]
fn peek(receiver: &mut Receiver, place: usize) -> nix::Result<Option<Message<'_>>> {
    receiver.peek(place)
}

/// Only Linux can look at a message without taking it.
#[cfg(not(target_os = "linux"))]
fn peek(_: &mut Receiver, _: usize) -> nix::Result<Option<Message<'_>>> {
    Err(nix::errno::Errno::ENOSYS)
}

fn select(which: &str) -> Option<Select> {
    let number = |text: &str| text.parse::<MessageType>().ok();
    match which.split_once(':') {
        #[cfg(target_os = "linux")]
        Some(("not", text)) => number(text).map(Select::AllBut),
        Some(("upto", text)) => number(text).map(Select::UpTo),
        Some(_) => None,
        None if which == "any" => Some(Select::Any),
        None => number(which).map(Select::Exactly),
    }
}

fn print(message: Message<'_>) -> io::Result<()> {
    writeln!(
        io::stdout(),
        "type {}, {} bytes: \"{}\"",
        message.message_type(),
        message.bytes().len(),
        message.bytes().escape_ascii()
    )
}
