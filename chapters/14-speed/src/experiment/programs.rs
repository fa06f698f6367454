//! The same short lines through `server` and `client`, through the same pair in C, and through a
//! pair that makes the calls alone.

use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::rc::Rc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use super::{Setting, Subject};
use crate::measure::{Sample, Stopwatch};

/// Any key does: the namespace is this program's own.
const KEY: &str = "1234";

/// A server and a client.
struct Pair {
    name: &'static str,
    server: PathBuf,
    client: PathBuf,
    /// What comes before the key on the command line.
    before_key: &'static [&'static str],
    /// Whether the server prints what it receives.
    prints: bool,
}

/// What goes in and comes out, prepared once for all samples.
struct Work {
    lines: u64,
    /// The client's input: "line 1" and so on, and "exit".
    input: PathBuf,
    /// Where the server's standard output goes.
    output: PathBuf,
}

pub(super) fn subjects(setting: &Setting) -> Result<Vec<Subject<'static>>> {
    let pair = |name, folder: &Path, prefix: &str, before_key, prints| -> Result<Pair> {
        let program = |end: &str| {
            let file = folder.join(format!("{prefix}{end}"));
            ensure!(
                file.exists(),
                "{}: there is no such program; `cargo xtask measure` builds it",
                file.display()
            );
            Ok(file)
        };
        Ok(Pair {
            name,
            server: program("server")?,
            client: program("client")?,
            before_key,
            prints,
        })
    };
    let pairs = [
        pair("rust", &setting.rust, "", &["--key"], true)?,
        pair("c", &setting.c, "", &[], true)?,
        pair("bare", &setting.c, "bare_", &[], false)?,
    ];
    let work = Rc::new(Work::prepare(setting)?);
    let subject = |pair: Pair| {
        let (name, operations) = (pair.name.to_owned(), Some(work.lines));
        let work = Rc::clone(&work);
        Subject { name, run: Box::new(move |_| pair.sample(&work)), operations }
    };
    Ok(pairs.map(subject).into())
}

impl Pair {
    /// From the start of the client to the end of the server.
    fn sample(&self, work: &Work) -> Result<Sample> {
        self.try_sample(work).with_context(|| format!("the pair {}", self.name))
    }

    fn try_sample(&self, work: &Work) -> Result<Sample> {
        let output = File::create(&work.output)?; // what the last server wrote is gone
        let mut server = Command::new(&self.server);
        let mut server = start(server.args(self.before_key).arg(KEY).stdout(output))?;
        first_line(&work.output)?;

        // The client reads from a pipe, as at the end of any pipeline.
        let mut cat = Command::new("cat");
        let mut cat = start(cat.arg(&work.input).stdout(Stdio::piped()))?;
        let lines = cat.stdout.take().context("a pipe was asked for")?;
        let mut client = Command::new(&self.client);
        client.args(self.before_key).arg(KEY).stdin(lines).stdout(Stdio::null());
        let watch = Stopwatch::start()?;
        let mut client = start(&mut client)?;
        for (name, program) in [("server", &mut server), ("client", &mut client), ("cat", &mut cat)]
        {
            let status = program.wait()?;
            ensure!(status.success(), "{name} failed ({status})");
        }
        let sample = {
            let elapsed = watch.elapsed();
            watch.stop(elapsed)?
        };
        if self.prints {
            work.check()?;
        }
        Ok(sample)
    }
}

/// In a group of its own: Ctrl-C stops this program, which then waits for the sample's end.
fn start(command: &mut Command) -> Result<Child> {
    let program = command.get_program().to_string_lossy().into_owned();
    command.process_group(0).spawn().with_context(|| format!("{program} could not be started"))
}

fn first_line(output: &Path) -> Result<()> {
    let begin = Instant::now();
    while !fs::read(output)?.contains(&b'\n') {
        if begin.elapsed() > Duration::from_secs(10) {
            bail!("the server printed no first line in 10 s");
        }
        sleep(Duration::from_millis(1));
    }
    Ok(())
}

impl Work {
    fn prepare(setting: &Setting) -> Result<Work> {
        fs::create_dir_all(&setting.scratch)?;
        let (input, output) = (setting.scratch.join("input"), setting.scratch.join("output"));
        let lines = setting.lines;
        fs::write(&input, Work::texts(lines).map(|text| text + "\n").collect::<String>())?;
        Ok(Work { lines, input, output })
    }

    fn texts(lines: u64) -> impl Iterator<Item = String> {
        (1..=lines).map(|number| format!("line {number}")).chain(["exit".to_owned()])
    }

    /// Every line must have come out, in order: a pair that loses some is fast for the wrong
    /// reason.
    fn check(&self) -> Result<()> {
        let output = fs::read_to_string(&self.output)?;
        let mut received = output.lines().filter_map(|line| line.strip_prefix("Server received: "));
        for text in Work::texts(self.lines) {
            let got = received.next();
            ensure!(got == Some(&*text), "the server printed {got:?} where {text:?} is due");
        }
        let more = received.next();
        ensure!(more.is_none(), "the server printed {more:?} after \"exit\"");
        Ok(())
    }
}
