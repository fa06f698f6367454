//! A book that is served: mdbook, its port, and a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Child};
use std::thread;
use std::time::Duration;

use anyhow::{Result, bail};

use xtask::command::{command, root, spawn};

use super::port;

pub(super) struct Served {
    pub(super) mdbook: Child,
    pub(super) port: u16,
}

impl Served {
    /// Starts mdbook and waits until the book can be read. Only who has the turn may call this.
    pub(super) fn start(
        mdbook: &Path,
        wish: Option<u16>,
        open: bool,
        remedy: &str,
    ) -> Result<Self> {
        remove_what_nobody_serves();
        loop {
            let port = port::free(wish)?;
            let mut served = Self::spawn(mdbook, port, open, remedy)?;
            loop {
                if served.can_be_read() {
                    return Ok(served);
                }
                if let Some(status) = served.mdbook.try_wait()? {
                    if port::is_taken(port) {
                        // Another program was quicker, while the book was built: the next port, or
                        // the reason.
                        break;
                    }
                    bail!("the book could not be built and served ({status}): {remedy}");
                }
                thread::sleep(Duration::from_millis(50));
            }
        }
    }

    fn spawn(mdbook: &Path, port: u16, open: bool, remedy: &str) -> Result<Self> {
        let mut serve = command(mdbook);
        serve
            .args(["serve", "--hostname", "127.0.0.1"])
            .args(["--port", &port.to_string()])
            // Not target/book: served pages carry a script that reloads them.
            .arg("--dest-dir")
            .arg(folder(port));
        if open {
            serve.arg("--open");
        }
        let mdbook = spawn(&mut serve, remedy)?;
        Ok(Self { mdbook, port })
    }

    /// Whether what answers at the port is this book, and not the one of somebody who took the port
    /// first: only ours has a page that is put into its folder now.
    fn can_be_read(&self) -> bool {
        if !port::is_taken(self.port) {
            return false;
        }
        let page = format!("served-by-{}.html", process::id());
        let file = folder(self.port).join(&page);
        let can_be_read = fs::write(&file, "").is_ok() && port::has_page(self.port, &page);
        // Where it was not written there is nothing to remove.
        let _ = fs::remove_file(file);
        can_be_read
    }
}

fn folder(port: u16) -> PathBuf {
    root().join("target/served").join(port.to_string())
}

/// Folders of those that were stopped: nobody listens at their ports.
fn remove_what_nobody_serves() {
    for entry in fs::read_dir(root().join("target/served")).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let port = name.to_str().and_then(|name| name.parse().ok());
        if port.is_some_and(|port| !port::is_taken(port)) {
            // A few megabytes; what cannot be removed is in nobody's way.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
