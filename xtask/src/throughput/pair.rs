//! A server and a client, and the time they take.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use super::Work;
use crate::command::{command, spawn};

/// No run takes nearly as long; one that hangs shall say so and end.
const LIMIT: Duration = Duration::from_secs(120);

const REMEDY: &str = "it was built a moment ago, run the command again";

pub(crate) struct Pair {
    pub(crate) name: &'static str,
    server: PathBuf,
    client: PathBuf,
    /// What stands before the key on the command line.
    before_key: &'static [&'static str],
}

impl Pair {
    pub(crate) fn new(
        name: &'static str,
        server: PathBuf,
        client: PathBuf,
        before_key: &'static [&'static str],
    ) -> Pair {
        Pair {
            name,
            server,
            client,
            before_key,
        }
    }

    /// From the start of the client to the end of the server, in seconds.
    pub(crate) fn time(&self, work: &Work) -> Result<f64> {
        self.run(work, &[])
    }

    /// The same, with the server started by another program: `wrapper SERVER --key KEY`.
    pub(crate) fn run(&self, work: &Work, wrapper: &[&str]) -> Result<f64> {
        let seconds = self
            .start_and_wait(work, wrapper)
            .with_context(|| format!("the {} pair failed", self.name))?;
        work.check(self.name)?;
        Ok(seconds)
    }

    fn start_and_wait(&self, work: &Work, wrapper: &[&str]) -> Result<f64> {
        let mut words = wrapper.iter().map(Path::new).chain([self.server.as_path()]);
        let mut server = command(words.next().context("a server has a name")?);
        server
            .args(words)
            .stdin(Stdio::null())
            .stdout(File::create(&work.output)?);
        let mut server = Running(spawn(self.with_key(&mut server, work.key), REMEDY)?);
        server.wait_until_ready(&work.output)?;

        // Both clients read from a pipe, as at the end of any pipeline.
        let mut cat = spawn(
            command("cat").arg(&work.input).stdout(Stdio::piped()),
            REMEDY,
        )
        .map(Running)?;
        let input = cat.0.stdout.take().context("cat has a standard output")?;
        let mut client = command(&self.client);
        client.stdin(input).stdout(Stdio::null());
        self.with_key(&mut client, work.key);

        let start = Instant::now();
        let mut client = Running(spawn(&mut client, REMEDY)?);
        server.wait("server", start)?;
        let seconds = start.elapsed().as_secs_f64();
        client.wait("client", start)?;
        cat.wait("cat", start)?;
        Ok(seconds)
    }

    fn with_key<'a>(&self, command: &'a mut Command, key: i32) -> &'a mut Command {
        command.args(self.before_key).arg(key.to_string())
    }
}

/// A program in the background that does not survive an error.
struct Running(Child);

impl Running {
    /// The first line in its output says that the queue is there.
    fn wait_until_ready(&mut self, output: &Path) -> Result<()> {
        let start = Instant::now();
        while !fs::read(output)?.contains(&b'\n') {
            if let Some(status) = self.0.try_wait()? {
                bail!("the server ended before the queue was there ({status})");
            }
            ensure!(
                start.elapsed() < LIMIT,
                "the server did not say that the queue is there within {LIMIT:?}"
            );
            thread::sleep(Duration::from_millis(1));
        }
        Ok(())
    }

    fn wait(&mut self, name: &str, start: Instant) -> Result<()> {
        loop {
            if let Some(status) = self.0.try_wait()? {
                ensure!(status.success(), "the {name} failed ({status})");
                return Ok(());
            }
            ensure!(
                start.elapsed() < LIMIT,
                "the {name} has not ended within {LIMIT:?}"
            );
            // Half a millisecond is a thousandth of what is measured, and asking costs the two next to nothing.
            thread::sleep(Duration::from_micros(500));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // If it has ended already, there is nothing to do, and these two say so.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
