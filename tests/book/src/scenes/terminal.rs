//! A terminal with a program in it, and all that it has shown.

use std::path::Path;
use std::process::Command;

use rexpect::error::Error;
use rexpect::process::{Signal, WaitStatus};
use rexpect::session::{PtySession, spawn_command};

use crate::programs::of_cargo_run;

/// How long a program may take to show something, in milliseconds.
const PATIENCE: u64 = 20_000;

/// What the programs show when they wait for a line.
const PROMPT: &str = "> ";

/// A terminal: several commands may follow one another in it.
#[derive(Default)]
pub struct Terminal {
    program: Option<PtySession>,
    shown: String,
}

impl Terminal {
    /// All that it has shown so far.
    pub fn text(&self) -> String {
        let lines: Vec<&str> = self.shown.lines().map(str::trim_end).collect();
        format!("{}\n", lines.join("\n").trim_end())
    }

    /// Whether a program runs in it.
    pub fn is_busy(&self) -> bool {
        self.program.is_some()
    }

    /// Starts a command, and shows it as typed behind the shell's prompt.
    ///
    /// # Errors
    ///
    /// Says why it cannot be started.
    pub fn run(&mut self, words: &[String], session: &Path) -> Result<(), String> {
        if self.is_busy() {
            return Err("another program still runs in this terminal".into());
        }
        // Quoted where it has to be.
        let typed = shlex::try_join(words.iter().map(String::as_str));
        self.shown.push_str(&format!("$ {}\n", typed.map_err(|error| error.to_string())?));
        // rexpect turns the terminal's echo off. A reader's terminal shows what is typed.
        let mut command = Command::new("sh");
        command.args(["-c", "stty echo && exec \"$0\" \"$@\""]);
        if words[0] == "cargo" {
            let (program, arguments) = of_cargo_run(&words[1..])?;
            command.arg(session.with_file_name(program)).args(arguments);
        } else {
            command.arg(session).arg("--as").args(words);
        }
        command
            .env("LC_ALL", "C.UTF-8")
            .env("TZ", "UTC")
            .env_remove("RUST_BACKTRACE")
            .env_remove("RUST_LIB_BACKTRACE");
        let program = spawn_command(command, Some(PATIENCE)).map_err(|error| error.to_string())?;
        self.program = Some(program);
        Ok(())
    }

    /// Waits until the terminal shows `text`.
    ///
    /// # Errors
    ///
    /// Says what it shows instead.
    pub fn wait_for(&mut self, text: &str) -> Result<(), String> {
        let before = self.program()?.exp_string(text).map_err(|error| match error {
            Error::EOF { got, .. } => {
                format!("it ends without showing {text:?}; last: {got:?}")
            }
            Error::Timeout { got, .. } => format!("it never shows {text:?}; last: {got:?}"),
            other => other.to_string(),
        })?;
        self.show(&before);
        self.shown.push_str(text);
        Ok(())
    }

    /// Types a line at the program's prompt.
    ///
    /// # Errors
    ///
    /// Says that there is no prompt.
    pub fn type_line(&mut self, line: &str) -> Result<(), String> {
        self.wait_for(PROMPT)?;
        let typed = self.program()?.send_line(line);
        typed.map(drop).map_err(|error| error.to_string())
    }

    /// Presses Ctrl and a letter: Ctrl-D at the prompt, the others at any time.
    ///
    /// # Errors
    ///
    /// Says that there is no prompt, or no program.
    pub fn press(&mut self, letter: char) -> Result<(), String> {
        if letter == 'd' {
            self.wait_for(PROMPT)?;
        }
        let pressed = self.program()?.send_control(letter);
        pressed.map_err(|error| error.to_string())
    }

    /// Waits for the program to end with this exit status.
    ///
    /// # Errors
    ///
    /// Says how it ended instead, or that it did not.
    pub fn wait_for_end(&mut self, status: i32) -> Result<(), String> {
        match self.end()? {
            WaitStatus::Exited(_, code) if code == status => Ok(()),
            // What a shell makes of it.
            WaitStatus::Signaled(_, signal, _) if 128 + signal as i32 == status => {
                if signal == Signal::SIGKILL {
                    self.shown.push_str("Killed\n");
                }
                Ok(())
            }
            other => Err(format!("it ends with {other:?}, not with exit status {status}")),
        }
    }

    /// Kills the program with SIGKILL, and shows what a shell says of that.
    ///
    /// # Errors
    ///
    /// Says that there was nothing to kill.
    pub fn kill(&mut self) -> Result<(), String> {
        let killed = self.program()?.process_mut().signal(Signal::SIGKILL);
        killed.map_err(|error| error.to_string())?;
        match self.end()? {
            WaitStatus::Signaled(_, Signal::SIGKILL, _) => {
                self.shown.push_str("Killed\n");
                Ok(())
            }
            other => Err(format!("it is not killed but ends with {other:?}")),
        }
    }

    fn end(&mut self) -> Result<WaitStatus, String> {
        let rest = self.program()?.exp_eof().map_err(|_| "it does not end".to_owned())?;
        self.show(&rest);
        let program = self.program.take().ok_or("no program runs here")?;
        program.process().wait().map_err(|error| error.to_string())
    }

    fn program(&mut self) -> Result<&mut PtySession, String> {
        self.program.as_mut().ok_or_else(|| "no program runs in this terminal".to_owned())
    }

    /// Adds what rexpect read: one character for each byte, and a terminal's line ends.
    fn show(&mut self, read: &str) {
        let bytes: Vec<u8> = read.chars().filter_map(|c| u8::try_from(c).ok()).collect();
        let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
        self.shown.push_str(&text);
    }
}
