//! A ring in shared memory by hand: the dialogue over it, and what a death does to it.

use std::process::ExitCode;

/// What the program can do, a module each.
#[cfg(target_os = "linux")]
mod verbs {
    #[path = "../../../11-request-reply/src/verbs/children.rs"]
    mod children;
    pub(super) mod client;
    pub(super) mod condition;
    pub(super) mod die;
    pub(super) mod kill;
    pub(super) mod measure;
    pub(super) mod semaphores;
    pub(super) mod server;
    mod shared;
    mod tally;
}

const USAGE: &str = "\
usage: ch16 server [NAME]       print what comes, until \"exit\" or a signal
       ch16 client [NAME]       send what is typed
       ch16 die PLACE [NAME]    send a message, or receive one, and be killed at one of the places
                                send-entered, send-copied, send-published, receive-entered,
                                receive-copied, receive-published
       ch16 semaphores          how often a ring with two semaphores survives that
       ch16 condition           whether a condition variable survives that a waiter is killed
       ch16 kill TIMES          kill so many senders and receivers at random, and count the messages
       ch16 measure             how late a message is whose sender was killed before it woke anybody,
                                and what a message costs with and without a sleeper

NAME is the name of the ring, /leave-a-message if none is given. The client and those who die are
programs of the same user as the server.";

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    const NAME: &str = "/leave-a-message";
    streams::program("ch16", USAGE, |args| match *args {
        ["server"] => verbs::server::serve(NAME),
        ["server", name] => verbs::server::serve(name),
        ["client"] => verbs::client::talk(NAME),
        ["client", name] => verbs::client::talk(name),
        ["die", place] => verbs::die::die(place, NAME),
        ["die", place, name] => verbs::die::die(place, name),
        ["semaphores"] => verbs::semaphores::semaphores(),
        ["condition"] => verbs::condition::condition(),
        ["kill", times] => verbs::kill::kill(times),
        ["measure"] => verbs::measure::measure(),
        _ => Err(streams::Failure::usage()),
    })
}

#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    streams::program("ch16", USAGE, |_| {
        Err(streams::Failure::new("a futex is Linux's; this is another system (ENOSYS)"))
    })
}
