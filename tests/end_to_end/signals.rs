//! Signals of every kind: which stop the server, and which were ignored before it started.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::Command;

use nix::sys::signal::{SigHandler, Signal, signal};
use support::{Running, asleep_in_msg_call, until};

use crate::programs::{READY, client, ready_server, server, transcript};

/// Each of these would have ended the server where it stood.
const DEADLY: [Signal; 12] = [
    Signal::SIGHUP,
    Signal::SIGINT,
    Signal::SIGTERM,
    Signal::SIGALRM,
    Signal::SIGUSR1,
    Signal::SIGUSR2,
    Signal::SIGIO,
    Signal::SIGPROF,
    Signal::SIGPWR,
    Signal::SIGSTKFLT,
    Signal::SIGVTALRM,
    Signal::SIGXCPU,
];

#[test]
fn deadly_signals_stop_the_server_in_order() {
    support::alone(|room| {
        for deadly in DEADLY {
            let server = ready_server(room.key());
            until("the server to sleep", || asleep_in_msg_call(server.id()));
            server.signal(deadly);
            let server = server.finish();
            server.success().stdout_is(transcript([""; 0])).stderr_is("");
            assert_eq!(room.queues(), [], "{deadly}");
        }
    });
}

#[test]
fn real_time_signals_stop_the_server_in_order() {
    support::alone(|room| {
        for number in [libc::SIGRTMIN(), libc::SIGRTMIN() + 5, libc::SIGRTMAX()] {
            let server = ready_server(room.key());
            until("the server to sleep", || asleep_in_msg_call(server.id()));
            // SAFETY: kill touches no memory; the process is the server that we have started.
            let sent = unsafe { libc::kill(server.id(), number) };
            assert_eq!(sent, 0, "signal {number}");
            let server = server.finish();
            server.success().stdout_is(transcript([""; 0])).stderr_is("");
            assert_eq!(room.queues(), [], "signal {number}");
        }
    });
}

#[test]
fn sigquit_ends_an_idle_server_and_leaves_its_queue() {
    support::alone(|room| {
        let server = ready_server(room.key());
        until("the server to sleep", || asleep_in_msg_call(server.id()));
        server.signal(Signal::SIGQUIT);
        let server = server.finish();
        server.code(1).stderr_has("stays, with 0 messages for the next server");
        let [queue] = &room.queues()[..] else {
            panic!("one queue is left");
        };
        room.remove(queue.msqid);
    });
}

#[test]
fn signal_ignored_at_the_start_stays_ignored() {
    support::alone(|room| {
        for ignored in [Signal::SIGINT, Signal::SIGHUP, Signal::SIGTERM, Signal::SIGQUIT] {
            let key = room.key();
            let mut server = Running::start(ignoring(server(key), ignored));
            server.wait_for_line(READY);
            for text in ["before", "after"] {
                let mut client = client(key);
                client.arg(text);
                Running::start(client).finish().success();
                server.wait_for_line(&format!("Server received: {text}"));
                server.signal(ignored);
            }
            // Whatever is ignored, a message that says "exit" is not.
            let mut last = client(key);
            last.arg("exit");
            Running::start(last).finish().success();
            let server = server.finish();
            server.success().stderr_is("");
            server.stdout_is(transcript(["before", "after", "exit"]));
        }
    });
}

/// The program, started as `nohup` and a shell's `&` start it.
fn ignoring(mut command: Command, ignored: Signal) -> Command {
    let ignore = move || {
        // SAFETY: no handler is installed, so no code of ours ever runs in one.
        unsafe { signal(ignored, SigHandler::SigIgn) }.map_err(io::Error::from)?;
        Ok(())
    };
    // SAFETY: the closure makes one async-signal-safe call between fork and exec.
    unsafe { command.pre_exec(ignore) };
    command
}
