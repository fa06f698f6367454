//! The server and the client talking to one another, both under valgrind.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Stdio};

use anyhow::{Context, Result, bail, ensure};

use super::{REMEDY, valgrind};
use crate::command::spawn;

/// A long line before short ones: what stays behind in a buffer would go out with the next message.
const LINES: [&str; 4] = ["the longest of these lines comes first", "hi", "", "exit"];

/// Sends [`LINES`] from `client` to `server` and checks that both are clean and every line arrives.
pub(super) fn dialogue(server: &Path, client: &Path, key: i32) -> Result<()> {
    let key = key.to_string();
    let mut server = Started(spawn(
        valgrind(server)
            .args(["--key", &key])
            .stdout(Stdio::piped()),
        REMEDY,
    )?);
    let mut heard = BufReader::new(
        server
            .0
            .stdout
            .take()
            .context("the server has a standard output")?,
    );
    // Its first line says that the queue is there. Without it the server has failed, and says why when it is asked below.
    let mut first = String::new();
    heard.read_line(&mut first)?;
    if !first.is_empty() {
        let mut client = valgrind(client);
        client
            .args(["--key", &key])
            .stdin(Stdio::piped())
            .stdout(Stdio::null());
        let mut client = Started(spawn(&mut client, REMEDY)?);
        let mut keyboard = client
            .0
            .stdin
            .take()
            .context("the client has a standard input")?;
        keyboard.write_all(LINES.join("\n").as_bytes())?;
        drop(keyboard);
        client.clean("client")?;
    }
    let mut rest = String::new();
    heard.read_to_string(&mut rest)?;
    server.clean("server")?;
    let expected: String = LINES
        .iter()
        .map(|line| format!("Server received: {line}\n"))
        .collect();
    ensure!(
        rest.starts_with(&expected),
        "the server should have printed\n{expected}and printed\n{rest}"
    );
    Ok(())
}

/// A program under valgrind that does not survive an error.
struct Started(Child);

impl Started {
    fn clean(&mut self, name: &str) -> Result<()> {
        let status = self.0.wait()?;
        match status.code() {
            Some(0) => Ok(()),
            Some(super::FOUND) => bail!("valgrind found errors in the {name}, see above"),
            _ => bail!("the {name} failed under valgrind ({status}), see above"),
        }
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        // If it has ended already, there is nothing to do, and these two say so.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
