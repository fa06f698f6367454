//! Step 1 by hand: prints a key as `ipcs -q` shows it.

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use ch01_key_setup::Key;

const USAGE: &str = "\
usage: ch01 NUMBER            a key agreed on by hand: 1234 or 0x4d2
       ch01 FILE [PROJECT]    the key that ftok(3) makes of a file; PROJECT is 1 to 255, or 1";

fn main() -> ExitCode {
    let args: Result<Vec<String>, _> = env::args_os().skip(1).map(OsString::into_string).collect();
    let Ok(args) = args else {
        eprintln!("ch01: the arguments have to be UTF-8");
        return ExitCode::from(2);
    };
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let (path, project) = match args[..] {
        ["-h" | "--help"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        [text] => match text.parse::<Key>() {
            Ok(key) => {
                println!("{key}");
                return ExitCode::SUCCESS;
            }
            Err(error) if looks_like_a_number(text) => {
                eprintln!("ch01: {text}: {error} (a file of this name is ./{text})");
                return ExitCode::from(2);
            }
            Err(_) => (text, 1),
        },
        [path, project] => match project.parse() {
            Ok(project @ 1..) => (path, project),
            _ => {
                eprintln!("ch01: {project}: a project number is 1 to 255");
                return ExitCode::from(2);
            }
        },
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match Key::from_file(path, project) {
        Ok(key) => {
            println!("{key}");
            ExitCode::SUCCESS
        }
        Err(errno) => {
            eprintln!(
                "ch01: no key from {path}: the file has to exist and be within reach of both sides: {} ({errno:?})",
                errno.desc()
            );
            ExitCode::FAILURE
        }
    }
}

/// A mistyped number is not a file name: `0` and `99999999999` deserve their own answer.
fn looks_like_a_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    digits.starts_with(|first: char| first.is_ascii_digit())
}
