//! The socket, and the file that is its name.

use std::fs;
use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;

use nix::errno::Errno;
use streams::Failure;

/// A socket that listens; dropping it removes the file.
pub(super) struct Socket {
    listener: UnixListener,
    path: PathBuf,
    /// Device and inode, so that nobody else's file is removed.
    file: (u64, u64),
}

impl Socket {
    pub(super) fn bind(path: &str) -> Result<Socket, Failure> {
        let refused = |error: io::Error| {
            Failure::new(format_args!(
                "cannot listen at {}: {}",
                path.escape_default(),
                explain(&error)
            ))
        };
        let listener = UnixListener::bind(path).map_err(refused)?;
        let path_buf = PathBuf::from(path);
        let file = identity(&path_buf).map_err(refused)?;
        listener.set_nonblocking(true).map_err(refused)?;
        Ok(Socket { listener, path: path_buf, file })
    }

    /// The next client, if there is one.
    pub(super) fn accept(&self) -> Result<Option<UnixStream>, Failure> {
        let accepted = self.listener.accept().and_then(|(stream, _)| {
            stream.set_nonblocking(true)?;
            Ok(stream)
        });
        match accepted {
            Ok(stream) => Ok(Some(stream)),
            // It has gone again.
            Err(error) if is_nobody(&error) => Ok(None),
            Err(error) => Err(Failure::new(format_args!("cannot accept: {}", explain(&error)))),
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if identity(&self.path).is_ok_and(|file| file == self.file) {
            // Nobody is left to be told; the next bind reports a file that has stayed.
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn identity(path: &PathBuf) -> io::Result<(u64, u64)> {
    fs::symlink_metadata(path).map(|file| (file.dev(), file.ino()))
}

fn is_nobody(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, Interrupted, WouldBlock};
    matches!(error.kind(), WouldBlock | Interrupted | ConnectionAborted)
}

fn explain(error: &io::Error) -> String {
    match error.raw_os_error().map(Errno::from_raw) {
        Some(Errno::EADDRINUSE) => {
            "there is a file of this name; if no other program serves it, remove it (EADDRINUSE)"
                .to_owned()
        }
        Some(Errno::ENOENT) => "there is no such directory (ENOENT)".to_owned(),
        Some(Errno::EACCES) => "you may not create files there (EACCES)".to_owned(),
        Some(Errno::EMFILE) => {
            "this program has as many files open as it may; raise the limit (ulimit -n) (EMFILE)"
                .to_owned()
        }
        _ => streams::explain(error),
    }
}

impl AsFd for Socket {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.listener.as_fd()
    }
}
