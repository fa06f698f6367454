//! One request, and its reply.

use std::time::Duration;

use ch01_key_setup::Key;
use ch02_create::Queue;
use ch11_request_reply::{Caller, explain};
use nix::errno::Errno;
use streams::{Failure, argument, stdout};

pub(crate) fn ask(key: &str, text: &str, time: &str) -> Result<(), Failure> {
    let key: Key = argument(key)?;
    let timeout = time.parse().map(Duration::from_millis).map_err(|_| {
        Failure::misuse(time, "a timeout is a whole number of milliseconds, such as 1000")
    })?;
    let mut output = stdout()?;
    let server = Queue::open(key).map_err(|errno| {
        Failure::new(format_args!("msgget: {} ({errno:?})", ch02_create::explain(errno)))
    })?;
    let mut caller = Caller::new(server).map_err(|errno| {
        Failure::new(format_args!("no queue for replies: {} ({errno:?})", explain(errno)))
    })?;
    let reply = caller.call(text.as_bytes(), timeout).map_err(|errno| match errno {
        Errno::ETIMEDOUT => Failure::new(format_args!(
            "no reply within {time} ms, and nobody knows whether it was done: the server may be slow, or not running (ETIMEDOUT)"
        )),
        errno => Failure::new(format_args!("{} ({errno:?})", explain(errno))),
    })?;
    let reply = reply.escape_ascii().to_string();
    output
        .line(&reply)
        .map_err(|error| Failure::output(&error).and(format_args!("the reply was \"{reply}\"")))
}
