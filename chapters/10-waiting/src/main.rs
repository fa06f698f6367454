//! Waiting with an end, by hand: timeouts, ways to receive, and policies for a full queue.

use std::process::ExitCode;

/// What the program can do, a module each.
#[cfg(target_os = "linux")]
mod verbs {
    pub(super) mod call;
    pub(super) mod fullness;
    pub(super) mod kills;
    pub(super) mod measure;
    pub(super) mod produce;
    pub(super) mod race;
    pub(super) mod serve;
    mod shared;
    pub(super) mod take;
    mod way;
    pub(super) mod ways;
}

const USAGE: &str = "\
usage: ch10 receive ID MILLISECONDS [TYPE]     take one message, if it comes in time
       ch10 send ID MILLISECONDS TYPE TEXT     send TEXT and a NUL, if there is room in time
       ch10 produce ID POLICY [TEXT ...]       send each TEXT, or each line of the input
       ch10 fullness ID                        how full it is, and when somebody received last
       ch10 race N                             N races of messages and deadlines
       ch10 measure N                          four ways to wait with an end, N times each
       ch10 serve ID SOCKET                    print messages, and lines from a Unix socket
       ch10 take WAY ID MICROSECONDS           print each message and be busy for a while
       ch10 ways N                             N messages in each WAY: latency, CPU, throughput
       ch10 kills N                            what N killed consumers lose, in each WAY
POLICY, when the queue is full: wait, drop-newest, drop-oldest, spool:FILE (keep them there),
       slow-down:PERCENT (wait when it is that full)
WAY to receive: inbox, read-ahead or read-ahead-64 (a thread and a channel), pauses, recv";

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    streams::program("ch10", USAGE, |args| match *args {
        ["receive", id, time] => verbs::call::receive(id, time, None),
        ["receive", id, time, number] => verbs::call::receive(id, time, Some(number)),
        ["send", id, time, number, text] => verbs::call::send(id, time, number, text),
        ["produce", id, policy, ref texts @ ..] => verbs::produce::produce(id, policy, texts),
        ["fullness", id] => verbs::fullness::fullness(id),
        ["race", rounds] => verbs::race::race(rounds),
        ["serve", id, socket] => verbs::serve::serve(id, socket),
        ["take", way, id, time] => verbs::take::take(way, id, time),
        ["ways", times] => verbs::ways::ways(times),
        ["kills", times] => verbs::kills::kills(times),
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
