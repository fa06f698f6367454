//! Waiting with an end, by hand: receives and sends with a timeout.

use std::process::ExitCode;

/// What the program can do, a module each.
#[cfg(target_os = "linux")]
mod verbs {
    pub(super) mod call;
    pub(super) mod fullness;
    pub(super) mod measure;
    pub(super) mod produce;
    pub(super) mod race;
}

const USAGE: &str = "\
usage: ch10 receive ID MILLISECONDS [TYPE]     take one message, if it comes in time
       ch10 send ID MILLISECONDS TYPE TEXT     send TEXT and a NUL, if there is room in time
       ch10 produce ID POLICY                  send each line of the input
       ch10 fullness ID                        how full it is, and when somebody received last
       ch10 race N                             N races of messages and deadlines
       ch10 measure N                          three ways to wait, N times each
POLICY, when the queue is full: wait, drop-newest, drop-oldest, spool:FILE (keep them there),
       slow-down:PERCENT (wait when it is that full)";

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    streams::program("ch10", USAGE, |args| match *args {
        ["receive", id, time] => verbs::call::receive(id, time, None),
        ["receive", id, time, number] => verbs::call::receive(id, time, Some(number)),
        ["send", id, time, number, text] => verbs::call::send(id, time, number, text),
        ["produce", id, policy] => verbs::produce::produce(id, policy),
        ["fullness", id] => verbs::fullness::fullness(id),
        ["race", rounds] => verbs::race::race(rounds),
        ["measure", times] => verbs::measure::measure(times),
        _ => Err(streams::Failure::usage()),
    })
}

#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    streams::program("ch10", USAGE, |_| {
        Err(streams::Failure::new("waiting with an end needs Linux; this is another system"))
    })
}
