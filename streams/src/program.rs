//! How the small programs of the book begin and end.

use std::env;
use std::ffi::OsString;
use std::fmt::Display;
use std::io;
use std::process::ExitCode;
use std::str::FromStr;

use crate::{Error, explain, report, stdout};

/// Why a small program did not do as asked.
#[derive(Debug)]
pub struct Failure {
    /// 1: something failed. 2: the command line was not understood.
    status: u8,
    /// What to say about it, or `None` for the usage.
    sentence: Option<String>,
}

impl Failure {
    /// Something failed; the sentence says what, and what to do.
    pub fn new(sentence: impl Display) -> Failure {
        Failure { status: 1, sentence: Some(sentence.to_string()) }
    }

    /// The command line does not mean anything; the usage says what does.
    #[must_use]
    pub fn usage() -> Failure {
        Failure { status: 2, sentence: None }
    }

    /// An argument is not what it has to be; the sentence says why.
    pub fn misuse(argument: &str, sentence: impl Display) -> Failure {
        Failure { status: 2, sentence: Some(format!("{}: {sentence}", argument.escape_default())) }
    }

    /// Standard output could not be written.
    #[must_use]
    pub fn output(error: &io::Error) -> Failure {
        Failure::new(format_args!("cannot write to standard output: {}", explain(error)))
    }

    /// Adds what else the person has to know.
    #[must_use]
    pub fn and(mut self, more: impl Display) -> Failure {
        self.sentence = self.sentence.map(|sentence| format!("{sentence}; {more}"));
        self
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::new(error)
    }
}

/// Runs a small program with its arguments, prints the usage if they ask for it, and reports on
/// standard error what failed.
///
/// The exit status is 0 if all was done, 1 if something failed, 2 if the command line is wrong.
pub fn program(
    name: &str,
    usage: &str,
    run: impl FnOnce(&[&str]) -> Result<(), Failure>,
) -> ExitCode {
    let args: Result<Vec<String>, _> = env::args_os().skip(1).map(OsString::into_string).collect();
    let done = match args {
        Ok(args) => match *args.iter().map(String::as_str).collect::<Vec<_>>() {
            ["-h" | "--help"] => help(usage),
            ref args => run(args),
        },
        Err(_) => {
            Err(Failure { status: 2, sentence: Some("the arguments have to be UTF-8".to_owned()) })
        }
    };
    let Err(failure) = done else {
        return ExitCode::SUCCESS;
    };
    match failure.sentence {
        Some(sentence) => report(format_args!("{name}: {sentence}")),
        None => report(usage),
    }
    ExitCode::from(failure.status)
}

/// Reads an argument that is more than text.
///
/// # Errors
///
/// It cannot be read as that; its type says why.
pub fn argument<T: FromStr<Err: Display>>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|error| Failure::misuse(text, error))
}

fn help(usage: &str) -> Result<(), Failure> {
    stdout()?.line(usage).map_err(|error| Failure::output(&error))
}
