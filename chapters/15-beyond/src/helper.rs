//! A second process that takes messages, for the kernel remembers processes and not threads.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command};

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch05_receive::{Receiver, Select};
use nix::errno::Errno;
use nix::sys::signal::{SigHandler, Signal, signal};
use nix::unistd::Pid;

use crate::OwnedMessage;

/// The other process, as the bridge sees it.
#[derive(Debug)]
pub(crate) struct Helper {
    child: Child,
    socket: Option<UnixStream>,
}

impl Helper {
    /// Starts `command`, which has to call [`help`].
    ///
    /// It has `lock` open for as long as it lives, so that no other bridge begins while this one,
    /// killed, has a message on its way out of the queue. In a group of its own, it is not hit by
    /// the Ctrl-C that the bridge is stopped with.
    pub(crate) fn start(mut command: Command, lock: File) -> io::Result<Helper> {
        let (socket, other) = UnixStream::pair()?;
        command.stdin(OwnedFd::from(other)).stdout(lock).process_group(0);
        Ok(Helper { child: command.spawn()?, socket: Some(socket) })
    }

    pub(crate) fn pid(&self) -> Pid {
        Pid::from_raw(self.child.id().cast_signed())
    }

    /// Takes the oldest message.
    pub(crate) fn take(&mut self) -> io::Result<Option<OwnedMessage>> {
        let mut socket = self.socket.as_ref().expect("it is open until the end");
        socket.write_all(&[TAKE])?;
        let mut answer = [0; 17];
        socket.read_exact(&mut answer)?;
        let [number, length] = [1, 9].map(|at| {
            i64::from_ne_bytes(answer[at..at + 8].try_into().expect("these are eight bytes"))
        });
        match answer[0] {
            TAKEN => {
                let mut bytes = vec![0; length as usize];
                socket.read_exact(&mut bytes)?;
                let message_type = MessageType::new(number).ok_or(Errno::EBADMSG)?;
                Ok(Some(OwnedMessage { message_type, bytes }))
            }
            EMPTY => Ok(None),
            _ => Err(Errno::from_raw(number as i32).into()),
        }
    }
}

/// The helper sees that nobody asks any more, and ends.
impl Drop for Helper {
    fn drop(&mut self) {
        self.socket = None;
        // It has ended, or is about to.
        let _ = self.child.wait();
    }
}

const TAKE: u8 = b'?';
const TAKEN: u8 = b'!';
const EMPTY: u8 = b'-';
const FAILED: u8 = b'#';

/// The helper's whole life: takes a message each time that the bridge asks, until it asks no more.
///
/// It ignores SIGINT and SIGTERM. Who stops a service sends them to each of its processes at once,
/// and the bridge has a window to take before it stops.
///
/// # Errors
///
/// Standard input is not the socket that a bridge gives its helper.
pub fn help(queue: Queue) -> io::Result<()> {
    for stop in [Signal::SIGINT, Signal::SIGTERM] {
        // SAFETY: a signal that is ignored runs no code in this process.
        unsafe { signal(stop, SigHandler::SigIgn) }?;
    }
    let mut socket = UnixStream::from(io::stdin().as_fd().try_clone_to_owned()?);
    let mut receiver = Receiver::new(queue);
    let mut question = [0];
    while socket.read(&mut question)? == 1 {
        let (kind, number, bytes) = match receiver.try_recv(Select::Any) {
            Ok(Some(message)) => (TAKEN, message.message_type().raw(), message.bytes()),
            Ok(None) => (EMPTY, 0, &[][..]),
            Err(errno) => (FAILED, errno as i64, &[][..]),
        };
        let length = bytes.len() as i64;
        let answer = [&[kind][..], &number.to_ne_bytes(), &length.to_ne_bytes(), bytes].concat();
        socket.write_all(&answer)?;
    }
    Ok(())
}
