//! The server: a queue for each user who connects, and a name before each line.

use std::fs;
use std::io;
use std::net::Shutdown;
use std::os::fd::AsFd;
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use ch12_rights::peer;
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{SigSet, Signal};
use nix::sys::signalfd::{SfdFlags, SignalFd};
use nix::sys::stat::{Mode, umask};
use nix::unistd::Uid;
use streams::{Failure, Output, explain, report};

use super::guest::{Desk, no_thread};
use super::people::user_name;

/// How many queues one user gets at a time: each is one of the `msgmni` that all users share.
const MOST_OF_ONE_USER: usize = 8;

/// How long the server looks away from a guest whom it cannot let in.
const BREATH: Duration = Duration::from_millis(10);

/// Serves until a signal asks it to stop (SIGINT, SIGTERM, SIGHUP), or its output fails. What has
/// been sent then is printed before it ends.
pub(super) fn serve(path: &str, output: Output) -> Result<(), Failure> {
    let signals = stop_signals().map_err(|errno| cannot_listen(path, errno.into()))?;
    let socket = Socket::bind(path).map_err(|error| cannot_listen(path, error))?;
    let desk = Desk::new(output);
    desk.line(&format!("serving at {}", path.escape_default()));
    let mut guests: Vec<(Uid, Weak<UnixStream>)> = Vec::new();
    let served = thread::scope(|scope| {
        let served = loop {
            match somebody_comes(&socket, &signals) {
                Ok(true) => {}
                Ok(false) => break Ok(()),
                Err(errno) => break Err(errno),
            }
            let stream = match socket.listener.accept() {
                Ok((stream, _)) => stream,
                // Whoever has gone again between the two calls need not be served; whoever has
                // come when there are no more descriptors waits until a guest hangs up.
                Err(_) => {
                    thread::sleep(BREATH);
                    continue;
                }
            };
            guests.retain(|(_, stream)| stream.strong_count() > 0);
            match admitted(&stream, &guests) {
                Ok(user) => {
                    let stream = Arc::new(stream);
                    let (guest, desk) = ((user, Arc::downgrade(&stream)), &desk);
                    let attend = move || desk.attend(&stream);
                    match thread::Builder::new().spawn_scoped(scope, attend) {
                        Ok(_) => guests.push(guest),
                        Err(error) => report(no_thread(&error)),
                    }
                }
                Err(reason) => report(format_args!("ch12: not served: {reason}")),
            }
        };
        for stream in guests.iter().filter_map(|(_, stream)| stream.upgrade()) {
            // Its thread takes that for the end of the guest, and is waited for. One that has
            // ended already is as good.
            let _ = stream.shutdown(Shutdown::Both);
        }
        served
    });
    desk.close()?;
    served.map_err(|errno| cannot_listen(path, errno.into()))
}

/// Who is there, if there is a queue for them.
fn admitted(stream: &UnixStream, guests: &[(Uid, Weak<UnixStream>)]) -> Result<Uid, String> {
    let user = peer(stream).map_err(|errno| match errno {
        Errno::EPERM => {
            "a user who has no number in this user namespace, as all others there (EPERM)"
                .to_owned()
        }
        errno => format!("the socket does not say who connected, {} ({errno:?})", errno.desc()),
    })?;
    match guests.iter().filter(|(guest, _)| *guest == user).count() {
        0..MOST_OF_ONE_USER => Ok(user),
        count => Err(format!("{} has {count} queues already", user_name(user))),
    }
}

/// Waits for a guest (true) or for the end (false).
fn somebody_comes(socket: &Socket, signals: &SignalFd) -> nix::Result<bool> {
    let mut events = [signals.as_fd(), socket.listener.as_fd()]
        .map(|descriptor| PollFd::new(descriptor, PollFlags::POLLIN));
    loop {
        match poll(&mut events, PollTimeout::NONE) {
            Ok(_) => return Ok(events[0].any() != Some(true)),
            Err(Errno::EINTR) => {}
            Err(errno) => return Err(errno),
        }
    }
}

/// The signals that end the server, blocked in this thread and in those that it starts.
fn stop_signals() -> nix::Result<SignalFd> {
    let signals: SigSet = [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP].into_iter().collect();
    signals.thread_block()?;
    SignalFd::with_flags(&signals, SfdFlags::SFD_CLOEXEC)
}

/// A socket that everybody may connect to; its file goes when the server does.
struct Socket<'a> {
    listener: UnixListener,
    path: &'a str,
    /// Device and inode, so that no other server's file is removed.
    file: (u64, u64),
}

impl Socket<'_> {
    fn bind(path: &str) -> io::Result<Socket<'_>> {
        // Connecting takes the right to write, which the umask would keep from others. Set before:
        // by the time that a path can be given a mode, it may lead somewhere else.
        let before = umask(Mode::from_bits_truncate(0o111));
        let listener = UnixListener::bind(path);
        umask(before);
        let listener = listener?;
        let socket = Socket { listener, path, file: identity(path)? };
        socket.listener.set_nonblocking(true)?;
        Ok(socket)
    }
}

impl Drop for Socket<'_> {
    fn drop(&mut self) {
        if identity(self.path).is_ok_and(|file| file == self.file) {
            // Left behind it refuses those who connect, and the next server names it.
            let _ = fs::remove_file(self.path);
        }
    }
}

fn identity(path: &str) -> io::Result<(u64, u64)> {
    fs::symlink_metadata(path).map(|file| (file.dev(), file.ino()))
}

fn cannot_listen(path: &str, error: io::Error) -> Failure {
    let more = match error.kind() {
        io::ErrorKind::AddrInUse => "; if no server is running, remove the file and start again",
        _ => "",
    };
    let path = path.escape_default();
    Failure::new(format_args!("cannot listen at {path}: {}{more}", explain(&error)))
}
