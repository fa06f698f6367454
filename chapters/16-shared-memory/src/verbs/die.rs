//! A death at a chosen place.

use ch16_shared_memory::Step;
use nix::sys::signal::{Signal, kill};
use nix::unistd::getpid;
use streams::Failure;

use super::shared::{failed, open};

/// Sends a message, or receives one, and is killed on the way.
pub(crate) fn die(place: &str, name: &str) -> Result<(), Failure> {
    let (call, step) = place.split_once('-').ok_or_else(Failure::usage)?;
    let step = match step {
        "entered" => Step::Entered,
        "copied" => Step::Copied,
        "published" => Step::Published,
        _ => return Err(Failure::usage()),
    };
    let ring = open(name)?;
    match call {
        "send" => ring.try_send_at(place.as_bytes(), die_at(step)),
        "receive" => ring.try_recv_at(&mut Vec::new(), die_at(step)).map(drop),
        _ => return Err(Failure::usage()),
    }
    .map_err(|errno| failed(format_args!("cannot {call}"), errno))?;
    Err(Failure::new("there is no message to receive, and I am alive"))
}

/// Kills this process, as the kernel would if memory ran out: nothing runs at its end.
pub(super) fn die_at(step: Step) -> impl Fn(Step) {
    move |at| {
        if at == step {
            let killed = kill(getpid(), Signal::SIGKILL);
            unreachable!("a process may kill itself, and goes no further: {killed:?}");
        }
    }
}
