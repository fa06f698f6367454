//! Step 1 by hand: prints a key as `ipcs -q` shows it.

use std::process::ExitCode;

use ch01_key_setup::Key;
use streams::{Failure, program, stdout};

const USAGE: &str = "\
usage: ch01 NUMBER            a key agreed on by hand: 1234 or 0x4d2
       ch01 FILE [PROJECT]    the key that ftok(3) makes of a file; PROJECT is 1 to 255, or 1";

fn main() -> ExitCode {
    program("ch01", USAGE, |args| {
        let key = key(args)?;
        stdout()?.line(key).map_err(|error| Failure::output(&error))
    })
}

fn key(args: &[&str]) -> Result<Key, Failure> {
    match *args {
        [text] => match text.parse() {
            Ok(key) => Ok(key),
            Err(error) if looks_like_a_number(text) => Err(Failure::misuse(
                text,
                format_args!("{error} (a file of this name is ./{text})"),
            )),
            Err(_) => key_of_file(text, 1),
        },
        [path, project] => match project.parse() {
            Ok(project @ 1..) => key_of_file(path, project),
            _ => Err(Failure::misuse(project, "a project number is 1 to 255")),
        },
        _ => Err(Failure::usage()),
    }
}

fn key_of_file(path: &str, project: u8) -> Result<Key, Failure> {
    Key::from_file(path, project).map_err(|errno| {
        Failure::new(format_args!(
            "no key from {}: the file has to exist and be within reach of both sides: {} ({errno:?})",
            path.escape_default(),
            errno.desc()
        ))
    })
}

/// A mistyped number is not a file name: `0` and `99999999999` deserve their own answer.
fn looks_like_a_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    digits.starts_with(|first: char| first.is_ascii_digit())
}
