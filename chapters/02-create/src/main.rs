//! Step 2 by hand: makes or opens a queue and names its id.

use std::process::ExitCode;
use std::ptr;

use ch01_key_setup::Key;
use ch02_create::{Mode, Queue, explain};
use nix::errno::Errno;
use streams::{Failure, argument, program, stdout};

const USAGE: &str = "\
usage: ch02 create KEY [MODE]    open the queue with this key, or make it (mode 600)
       ch02 new KEY [MODE]       make it; fail if it exists
       ch02 open KEY             find it; fail if it does not exist
       ch02 private [MODE]       make one that has no key";

fn main() -> ExitCode {
    program("ch02", USAGE, |args| {
        let request = Request::from_args(args)?;
        let mut output = stdout()?;
        let found = request.ask().map_err(|errno| {
            Failure::new(format_args!("msgget: {} ({errno:?})", explain(errno)))
        })?;
        let (Found::Made(queue) | Found::There(queue)) = found;
        output
            .line(format_args!("queue id {}", queue.id()))
            .map_err(|error| Failure::output(&error).and(take_back(found)))
    })
}

/// What the command line asks for.
enum Request {
    Create(Key, Mode),
    New(Key, Mode),
    Open(Key),
    Private(Mode),
}

impl Request {
    fn from_args(args: &[&str]) -> Result<Request, Failure> {
        match *args {
            ["create", number] => Ok(Request::Create(argument(number)?, mode("600")?)),
            ["create", number, bits] => Ok(Request::Create(argument(number)?, mode(bits)?)),
            ["new", number] => Ok(Request::New(argument(number)?, mode("600")?)),
            ["new", number, bits] => Ok(Request::New(argument(number)?, mode(bits)?)),
            ["open", number] => Ok(Request::Open(argument(number)?)),
            ["private"] => Ok(Request::Private(mode("600")?)),
            ["private", bits] => Ok(Request::Private(mode(bits)?)),
            _ => Err(Failure::usage()),
        }
    }

    fn ask(self) -> nix::Result<Found> {
        match self {
            Request::Create(key, mode) => create(key, mode),
            Request::New(key, mode) => Queue::create_new(key, mode).map(Found::Made),
            Request::Open(key) => Queue::open(key).map(Found::There),
            Request::Private(mode) => Queue::private(mode).map(Found::Made),
        }
    }
}

/// A queue, and whether this program has made it.
#[derive(Clone, Copy)]
enum Found {
    Made(Queue),
    There(Queue),
}

/// As [`Queue::create`], which does not say whether it has made the queue.
fn create(key: Key, mode: Mode) -> nix::Result<Found> {
    loop {
        match Queue::create_new(key, mode) {
            Err(Errno::EEXIST) => {}
            made => return made.map(Found::Made),
        }
        match Queue::open_for(key, mode) {
            // Removed between the two calls.
            Err(Errno::ENOENT) => {}
            there => return there.map(Found::There),
        }
    }
}

/// A queue whose ID nobody has learnt would stay forever: removes it if this program made it.
fn take_back(found: Found) -> String {
    let queue = match found {
        Found::There(queue) => return format!("the queue with id {} is as it was", queue.id()),
        Found::Made(queue) => queue,
    };
    // SAFETY: IPC_RMID takes a number and ignores the pointer. Chapter 6 has more about it.
    let removed = unsafe { libc::msgctl(queue.id(), libc::IPC_RMID, ptr::null_mut()) };
    match removed {
        0 => "the queue that was made has been removed again".to_owned(),
        _ => format!("the queue with id {} was made and stays", queue.id()),
    }
}

fn mode(bits: &str) -> Result<Mode, Failure> {
    libc::mode_t::from_str_radix(bits, 8)
        .ok()
        .filter(|bits| *bits <= 0o777)
        .and_then(Mode::from_bits)
        .ok_or_else(|| Failure::misuse(bits, "a mode is three octal digits, such as 600 or 660"))
}
