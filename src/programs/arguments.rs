//! The command line: what was asked, or the answer to what cannot be done.

use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::os::unix::ffi::OsStrExt;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Parser};

use super::escape::escaped;
use super::{Outcome, exit_code};

/// Does what the command line asks, and returns how that ended: 0, 1, or 2 if it cannot be
/// understood.
pub fn main<T: Parser>(program: &str, run: fn(&T) -> anyhow::Result<Outcome>) -> ExitCode {
    streams::report_file_size_limit();
    let arguments: Vec<OsString> = env::args_os().collect();
    let answer = match parse(&arguments) {
        Ok(options) => return exit_code(program, run(&options)),
        Err(answer) => answer,
    };
    if !answer.use_stderr() {
        return exit_code(program, print(&text(&answer)));
    }
    // The same complaint, about arguments that cannot drive the terminal or fake a line.
    let shown: Vec<OsString> = arguments.iter().map(|word| escaped(word).into()).collect();
    let answer = parse::<T>(&shown).err().unwrap_or(answer);
    // If standard error cannot be written, there is nobody left to be told.
    let _ = io::stderr().write_all(text(&answer).as_bytes());
    ExitCode::from(2)
}

fn parse<T: Parser>(arguments: &[OsString]) -> Result<T, clap::Error> {
    // Not the name by which it was called, which may be anything.
    let name = T::command().get_name().to_owned();
    let mut command = T::command().bin_name(&name);
    let sends_words = command.get_positionals().next().is_some();
    let advice = |word: &str| format!("to send it, write '{name} -- {word}'");
    if let Some(word) = unknown(&mut command, arguments) {
        let word = word.to_string_lossy();
        let mut complaint = format!("unexpected argument '{word}' found");
        if sends_words {
            complaint += &format!("\n\n  tip: {}", advice(&word));
        }
        return Err(command.error(ErrorKind::UnknownArgument, complaint));
    }
    let mut matches = command.try_get_matches_from(arguments).map_err(|mut error| {
        let word = match (error.kind(), error.get(ContextKind::InvalidArg)) {
            (ErrorKind::UnknownArgument, Some(ContextValue::String(word))) => word.clone(),
            _ => return error,
        };
        if sends_words {
            let tips = vec![advice(&word).into()];
            error.insert(ContextKind::Suggested, ContextValue::StyledStrs(tips));
        }
        error
    })?;
    T::from_arg_matches_mut(&mut matches)
}

/// The first word with one dash that is no option. The parser would take `-hello` for `-h` and
/// more, and print the help.
fn unknown<'a>(command: &mut Command, arguments: &'a [OsString]) -> Option<&'a OsStr> {
    command.build();
    let mut words = arguments.iter().skip(1);
    while let Some(word) = words.next() {
        match word.as_bytes() {
            b"--" => break,
            [b'-', b'-', option @ ..] => {
                let takes_value = |argument: &&clap::Arg| {
                    argument.get_action().takes_values()
                        && argument.get_long().is_some_and(|long| long.as_bytes() == option)
                };
                let verbs = command.get_subcommands().flat_map(Command::get_arguments);
                if command.get_arguments().chain(verbs).any(|argument| takes_value(&argument)) {
                    words.next();
                }
            }
            b"-" | b"-h" | b"-V" => {}
            [b'-', ..] => return Some(word),
            _ => {}
        }
    }
    None
}

/// What the parser has to say, fit for a terminal.
fn text(answer: &clap::Error) -> String {
    let text = answer.render().to_string();
    text.lines().map(|line| escaped(line) + "\n").collect()
}

fn print(text: &str) -> anyhow::Result<Outcome> {
    let written = streams::stdout()?.write_all(text.as_bytes());
    written.map_err(|error| super::output::write_failure(&error))?;
    Ok(Outcome::Done)
}
