//! Request and reply, by hand: a server, its callers, and what sweeps up after them.

use std::process::ExitCode;

/// What the program can do, a module each.
#[cfg(target_os = "linux")]
mod verbs {
    pub(super) mod ask;
    mod children;
    pub(super) mod kill;
    pub(super) mod measure;
    pub(super) mod serve;
    pub(super) mod sweep;
}

const USAGE: &str = "\
usage: ch11 serve KEY                        answer the requests in the queue with this key
       ch11 ask KEY TEXT [--timeout MS]      ask it, and wait for the reply, 1000 ms or as said
       ch11 sweep [--age SECONDS]            remove what killed callers have left; a sign of life
                                             that was never raised when it is 10 s old, or so old
       ch11 measure [CALLERS CALLS RUNS]     calls through private queues and through one queue: how
                                             fast, and what one dead and one sleeping caller do
       ch11 kill TIMES                       kill so many callers while others live and sweeps run

The server replies with TEXT in capitals and the number of requests that it has done. It takes
its time for one that begins with a number: \"500 hello\" takes 500 ms.";

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    streams::program("ch11", USAGE, |args| match *args {
        ["serve", key] => verbs::serve::serve(key),
        ["ask", key, text] => verbs::ask::ask(key, text, "1000"),
        ["ask", key, text, "--timeout", time] => verbs::ask::ask(key, text, time),
        ["sweep"] => verbs::sweep::sweep("10"),
        ["sweep", "--age", seconds] => verbs::sweep::sweep(seconds),
        ["measure"] => verbs::measure::measure("32", "1000", "5"),
        ["measure", callers, calls, runs] => verbs::measure::measure(callers, calls, runs),
        ["kill", times] => verbs::kill::kill(times),
        _ => Err(streams::Failure::usage()),
    })
}

#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    streams::program("ch11", USAGE, |_| {
        Err(streams::Failure::new("request and reply needs Linux; this is another system"))
    })
}
