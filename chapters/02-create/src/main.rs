//! Step 2 by hand: makes or opens a queue and names its id.

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use ch01_key_setup::Key;
use ch02_create::{Mode, Queue, explain};

const USAGE: &str = "\
usage: ch02 create KEY [MODE]    open the queue with this key, or make it (mode 600)
       ch02 new KEY [MODE]       make it; fail if it exists
       ch02 open KEY             find it; fail if it does not exist
       ch02 private [MODE]       make one that has no key";

fn main() -> ExitCode {
    let args: Result<Vec<String>, _> = env::args_os().skip(1).map(OsString::into_string).collect();
    let Ok(args) = args else {
        eprintln!("ch02: the arguments have to be UTF-8");
        return ExitCode::from(2);
    };
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    if let ["-h" | "--help"] = args[..] {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    let result = match args[..] {
        ["private"] => mode("600").map(Queue::private),
        ["private", bits] => mode(bits).map(Queue::private),
        [verb, number] => key(number).and_then(|key| ask(verb, key, "600")),
        [verb, number, bits] => key(number).and_then(|key| ask(verb, key, bits)),
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(Ok(queue)) => {
            println!("queue id {}", queue.id());
            ExitCode::SUCCESS
        }
        Ok(Err(errno)) => {
            eprintln!("ch02: msgget: {} ({errno:?})", explain(errno));
            ExitCode::FAILURE
        }
        Err(misuse) => {
            eprintln!("{misuse}");
            ExitCode::from(2)
        }
    }
}

/// The outer result says whether the question was understood, the inner one what msgget said.
fn ask(verb: &str, key: Key, bits: &str) -> Result<nix::Result<Queue>, String> {
    match verb {
        "create" => Ok(Queue::create(key, mode(bits)?)),
        "new" => Ok(Queue::create_new(key, mode(bits)?)),
        "open" => Ok(Queue::open(key)),
        _ => Err(USAGE.to_owned()),
    }
}

fn key(text: &str) -> Result<Key, String> {
    text.parse()
        .map_err(|error| format!("ch02: {text}: {error}"))
}

fn mode(bits: &str) -> Result<Mode, String> {
    libc::mode_t::from_str_radix(bits, 8)
        .ok()
        .filter(|bits| *bits <= 0o777)
        .and_then(Mode::from_bits)
        .ok_or_else(|| format!("ch02: {bits}: a mode is three octal digits, such as 600 or 660"))
}
