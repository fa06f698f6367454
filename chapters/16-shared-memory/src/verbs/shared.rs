//! What the verbs have in common.

use std::fmt::Display;

use ch16_shared_memory::{Ring, Shape, explain};
use nix::errno::Errno;
use streams::Failure;

/// As many lines as in a queue of the usual capacity, as long as the client's.
pub(super) fn shape() -> Shape {
    Shape::new(64, 255).expect("a power of two, and not long")
}

pub(super) fn open(name: &str) -> Result<Ring, Failure> {
    Ring::open(name).map_err(|errno| failed(format_args!("cannot open the ring {name}"), errno))
}

pub(super) fn failed(tried: impl Display, errno: Errno) -> Failure {
    Failure::new(format_args!("{tried}: {} ({errno:?})", explain(errno)))
}

/// So many messages, in words.
pub(super) fn messages(number: u64) -> String {
    if number == 1 { "1 message".to_owned() } else { format!("{number} messages") }
}
