//! A server and a client, and the time they take.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};
use support::{Running, until};

use super::Work;
use crate::command::command;

pub(crate) struct Pair {
    pub(crate) name: &'static str,
    pub(crate) server: PathBuf,
    pub(crate) client: PathBuf,
    /// What stands before the key on the command line.
    pub(crate) before_key: &'static [&'static str],
    /// Whether the server prints what it receives.
    pub(crate) prints: bool,
}

impl Pair {
    /// From the start of the client to the end of the server, in seconds.
    pub(crate) fn time(&self, work: &Work) -> Result<f64> {
        self.run(work, &[])
    }

    /// The same, with the server started by another program: `wrapper SERVER --key KEY`.
    pub(crate) fn run(&self, work: &Work, wrapper: &[&str]) -> Result<f64> {
        File::create(&work.output)?; // what the last server wrote must not be taken for this one's
        let mut server = shell(r#"exec "$@" >"$0""#, &work.output);
        server.args(wrapper);
        let server = Running::start(self.with_key(server, &self.server, work.key));
        until("the server's first line", || {
            fs::read(&work.output).is_ok_and(|text| text.contains(&b'\n'))
        });

        // Both clients read from a pipe, as at the end of any pipeline.
        let client = shell(r#"cat "$0" | "$@" >/dev/null"#, &work.input);
        let client = self.with_key(client, &self.client, work.key);
        let start = Instant::now();
        let client = Running::start(client);
        server.finish().success();
        let seconds = start.elapsed().as_secs_f64();
        client.finish().success();
        if self.prints {
            work.check(self.name).with_context(|| format!("the {} pair failed", self.name))?;
        }
        Ok(seconds)
    }

    fn with_key(&self, mut command: Command, program: &Path, key: i32) -> Command {
        command.arg(program).args(self.before_key).arg(key.to_string());
        command
    }
}

/// `sh -c SCRIPT FILE`, to which a command is added: the script has the file as `$0` and the
/// command as `$@`.
fn shell(script: &str, file: &Path) -> Command {
    let mut shell = command("sh");
    shell.args(["-c", script]).arg(file);
    shell
}
