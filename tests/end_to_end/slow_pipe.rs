//! A server that writes into a pipe of 4,096 bytes, which the test reads when it likes.

use std::fs::File;
use std::io::Read;
use std::os::fd::OwnedFd;
use std::process::Command;

use nix::fcntl::{FcntlArg, OFlag, fcntl};
use support::{Finished, Running, until};
use sysv_mq::{Key, Queue, Status};

use crate::stalled::writing_to;

/// What a pipe of the smallest size holds: a page.
const SMALLEST: i32 = 4096;

pub(crate) struct SlowPipe {
    pub(crate) server: Running,
    pub(crate) queue: Queue,
    reader: File,
}

impl SlowPipe {
    /// Starts the server, which has this key, and waits until it has its queue.
    pub(crate) fn start(server: Command, key: i32) -> SlowPipe {
        SlowPipe::start_with(server, key, OFlag::empty())
    }

    /// The same, with a pipe that another program has made non-blocking.
    pub(crate) fn start_nonblocking(server: Command, key: i32) -> SlowPipe {
        SlowPipe::start_with(server, key, OFlag::O_NONBLOCK)
    }

    fn start_with(server: Command, key: i32, flags: OFlag) -> SlowPipe {
        let (reader, writer) = nix::unistd::pipe().expect("pipes can be made");
        let size = fcntl(&writer, FcntlArg::F_SETPIPE_SZ(SMALLEST));
        assert_eq!(size, Ok(SMALLEST), "a pipe can be made that small");
        fcntl(&writer, FcntlArg::F_SETFL(flags)).expect("flags of a pipe can be set");
        let server = Running::start(writing_to(server, OwnedFd::from(File::from(writer))));
        let key = Key::new(key).expect("the keys of a room are not 0");
        until("the server's queue", || Queue::open(key).is_ok());
        SlowPipe {
            server,
            queue: Queue::open(key).expect("the server has made it"),
            reader: File::from(reader),
        }
    }

    /// Waits until the pipe and the queue are full.
    pub(crate) fn wait_until_stuck(&self) {
        // Full at two looks in a row, with the same in it: the server takes nothing out any more.
        let mut before = None;
        until("the server to be stuck", || {
            let now = Status::of(self.queue).expect("the queue is there");
            let full = now.bytes + 16 > now.capacity;
            let same = before.replace(now.clone()) == Some(now);
            full && same
        });
    }

    /// Reads all that the server prints until its end.
    pub(crate) fn read(mut self) -> Finished {
        let mut stdout = Vec::new();
        let read = self.reader.read_to_end(&mut stdout);
        read.expect("a pipe can be read");
        Finished { stdout, ..self.server.finish() }
    }
}
