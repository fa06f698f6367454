//! What the names in the file of figures mean.

use crate::contender;

/// How a page calls a contender of an experiment.
#[must_use]
pub fn label(experiment: &str, name: &str) -> String {
    let label = match (experiment, name) {
        ("calls", "library") => "send and receive 32 bytes, this library",
        ("calls", "bare") => "send and receive 32 bytes, bare calls",
        ("calls", "try-recv-empty") => "`try_recv` on an empty queue",
        ("calls", "status") => "`Status::of`",
        ("calls", "fill") => "`Envelope::fill` with 32 bytes, no system call",
        ("calls", "getppid") => "`getppid`, the cheapest system call",
        ("length", "oldest") => "receive the oldest: `Any`",
        ("length", "type") => "by type, after all others: `Exactly`",
        ("length", "lowest") => "lowest type: `UpTo`",
        ("length", "peek-oldest") => "look at the oldest: `peek(0)`",
        ("length", "peek-last") => "look at the last: `peek`",
        ("capacity", "apart") => "two processors",
        ("capacity", "together") => "one processor",
        ("programs", "rust") => "`server` and `client`",
        ("programs", "c") => "the pair in C",
        ("programs", "bare") => "bare calls in C, nothing printed",
        _ => contender::named(name).map_or(name, |contender| contender.label),
    };
    label.to_owned()
}

/// An experiment, as the title of a table on a terminal.
pub(super) fn title(experiment: &str) -> &'static str {
    match experiment {
        "calls" => "single calls by one process",
        "one-way-1" => "one way, both sides on one processor, a message of so many bytes",
        "one-way-2" => "one way, two processors, a message of so many bytes",
        "round-trip-1" => "there and back, one processor",
        "round-trip-2" => "there and back, two processors",
        "senders" => "one way, 32 bytes, from so many senders to one receiver",
        "length" => "one call, so many messages in the queue",
        "capacity" => "one way, 8,192 bytes, a queue of so many bytes",
        "programs" => "programs, a line",
        _ => "",
    }
}

/// The points of an experiment that tables have columns for and numbers are given of.
pub(super) fn is_quoted(experiment: &str, point: u64) -> bool {
    match experiment {
        "one-way-1" | "one-way-2" => [0, 32, 512, 8192].contains(&point),
        "senders" => [1, 8, 32].contains(&point),
        "length" => [0, 1000, 16_000].contains(&point),
        _ => true,
    }
}
