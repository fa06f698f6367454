//! A repository with a book of one page, and the tested mdbook.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use nix::sys::stat::Mode;
use nix::unistd::mkfifo;
use support::Running;
use tempfile::TempDir;

pub(crate) struct Repository(TempDir);

impl Repository {
    /// One where mdbook is not installed yet.
    pub(crate) fn without_mdbook() -> Self {
        let this = Self(tempfile::tempdir().unwrap());
        this.write(
            "book.toml",
            "[book]\ntitle = \"Small\"\nsrc = \"book\"\n[build]\nbuild-dir = \"target/book\"\n",
        );
        this.write("book/SUMMARY.md", "- [Page](page.md)\n");
        this.write("book/page.md", "# Page\n");
        this
    }

    pub(crate) fn new() -> Self {
        let this = Self::without_mdbook();
        let tools = this.path("target/tools/bin");
        fs::create_dir_all(&tools).unwrap();
        symlink(real_mdbook(), tools.join("mdbook")).unwrap();
        this
    }

    pub(crate) fn path(&self, file: impl AsRef<Path>) -> PathBuf {
        self.0.path().join(file)
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        let file = self.path(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    /// Writes a shell script and returns where it is.
    pub(crate) fn script(&self, file: &str, text: &str) -> PathBuf {
        self.write(file, &format!("#!/bin/sh\nset -e\n{text}"));
        let file = self.path(file);
        fs::set_permissions(&file, Permissions::from_mode(0o755)).unwrap();
        file
    }

    /// A pipe with a name, where a script can wait for the test and the test for the script.
    pub(crate) fn fifo(&self, file: &str) -> PathBuf {
        let file = self.path(file);
        mkfifo(&file, Mode::S_IRWXU).unwrap();
        file
    }

    /// `cargo book` with these arguments, as cargo would start it here.
    pub(crate) fn book(&self, arguments: &[&str]) -> Command {
        let mut book = Command::new(env!("CARGO_BIN_EXE_xtask"));
        book.arg("book").args(arguments);
        book.env("CARGO_MANIFEST_DIR", self.path("xtask"));
        // No other mdbook than the one that a test puts there.
        book.env("PATH", "/usr/bin:/bin");
        book
    }
}

pub(crate) fn real_mdbook() -> PathBuf {
    let tools = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/tools/bin/mdbook");
    let tools = fs::canonicalize(tools).ok();
    tools.expect("mdbook is not here; `cargo book build` gets it, then run this again")
}

/// Waits until the book can be read, and returns its port.
#[track_caller]
pub(crate) fn served_at(book: &mut Running) -> u16 {
    book.wait_for_text("\nThe book is at http://127.0.0.1:").wait_for_text(" (stop with Ctrl-C)");
    let shown = book.stdout_so_far();
    let (_, address) = shown.split_once("127.0.0.1:").unwrap();
    address.split(' ').next().unwrap().parse().unwrap()
}
