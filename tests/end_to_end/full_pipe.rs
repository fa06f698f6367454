//! A pipe that is full and that nobody reads.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

/// A named pipe, so that a shell can redirect to it.
pub(crate) struct FullPipe {
    path: PathBuf,
    pipe: File,
    _folder: TempDir,
}

impl FullPipe {
    pub(crate) fn new() -> FullPipe {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("pipe");
        let made = Command::new("mkfifo").arg(&path).status();
        assert!(made.expect("mkfifo is there").success());
        // For both, so that it can be opened at once and others find a reader.
        let mut options = OpenOptions::new();
        options.read(true).write(true).custom_flags(libc::O_NONBLOCK);
        let mut pipe = options.open(&path).expect("the pipe is ours");
        for size in [65_536, 1] {
            while pipe.write(&vec![b'.'; size]).is_ok() {}
        }
        FullPipe { path, pipe, _folder: folder }
    }

    pub(crate) fn path(&self) -> &str {
        self.path.to_str().expect("temporary folders have plain names")
    }

    /// Takes out what is in it.
    pub(crate) fn drain(&self) -> String {
        let mut text = Vec::new();
        match (&self.pipe).read_to_end(&mut text) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            other => panic!("a pipe with a writer has no end: {other:?}"),
        }
        String::from_utf8_lossy(&text).into_owned()
    }
}

/// Whether a thread of the process is asleep in one of these system calls.
pub(crate) fn sleeps_in(process: i32, calls: &[libc::c_long]) -> bool {
    let threads = fs::read_dir(format!("/proc/{process}/task")).expect("the process lives");
    threads.flatten().any(|thread| {
        let call = fs::read_to_string(thread.path().join("syscall")).unwrap_or_default();
        let number = call.split(' ').next().unwrap_or_default().parse();
        number.is_ok_and(|number: libc::c_long| calls.contains(&number))
    })
}
