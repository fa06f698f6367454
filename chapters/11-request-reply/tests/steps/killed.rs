//! Callers and sweeps that are killed, or stopped, at every step of their way.

use std::process::Command;
use std::time::Duration;

use assert_cmd::cargo::cargo_bin;
use ch01_key_setup::Key;
use ch06_cleanup::Status;
use ch11_request_reply::sweep_after;
use support::{Room, Traced};

use crate::signs::dead_caller;
use crate::sweeps::Others;
use crate::{LONG, Server, new_caller, raw, sets};

pub(crate) fn ask(key: Key) -> Command {
    let mut command = Command::new(cargo_bin!("ch11"));
    command.args(["ask", &key.to_string(), "hello", "--timeout", "10000"]);
    command
}

fn sweeper() -> Command {
    let mut command = Command::new(cargo_bin!("ch11"));
    command.args(["sweep", "--age", "0"]);
    command
}

fn sweep_everything() {
    sweep_after(Duration::ZERO).expect("there is a list");
}

/// Runs the program until it has stopped so often; `None` if it has ended before.
fn stopped(command: Command, stops: usize) -> Option<Traced> {
    const CALLS: [libc::c_long; 8] = [
        libc::SYS_semget,
        libc::SYS_semop,
        libc::SYS_semtimedop,
        libc::SYS_semctl,
        libc::SYS_msgget,
        libc::SYS_msgsnd,
        libc::SYS_msgrcv,
        libc::SYS_msgctl,
    ];
    let mut program = Traced::start(command, &CALLS)?;
    (0..stops).all(|_| program.step()).then_some(program)
}

/// How many queues and sets there are.
fn count(room: &Room) -> (usize, usize) {
    (room.queues().len(), sets(room).len())
}

#[test]
fn caller_killed_at_any_step_leaves_nothing_after_a_sweep() {
    support::in_namespace(|room| {
        let others = Others::new(room);
        let server = Server::start(room);
        let mut living = new_caller(room, server.queue);
        let before = count(room);
        let (mut stops, mut left) = (0, vec![]);
        while let Some(caller) = stopped(ask(server.key), stops) {
            drop(caller);
            let (queues, sets) = count(room);
            left.push((queues - before.0, sets - before.1));
            sweep_everything();
            assert_eq!(count(room), before, "killed at stop {stops}");
            assert_eq!(living.call(b"hello", LONG), Ok(&b"HELLO"[..]));
            stops += 1;
        }
        if stops > 0 {
            left.sort();
            left.dedup();
            assert_eq!(left, [(0, 0), (0, 1), (1, 1)], "nothing, a sign, and a queue as well");
        }
        drop(living);
        server.stop();
        others.assert_untouched_and_remove(room);
    });
}

#[test]
fn sweep_killed_at_any_step_leaves_nothing_after_another() {
    support::in_namespace(|room| {
        let server = Server::start(room);
        let mut living = new_caller(room, server.queue);
        let before = count(room);
        // What a caller leaves that is killed before it raises its sign, before it has a queue, and
        // after that.
        let unraised = || assert!(raw::set(room.key(), 3, 0o711, &[]) >= 0);
        let raised = || room.remove(dead_caller().id());
        let whole = || assert!(Status::of(dead_caller()).is_ok());
        for leave in [&unraised as &dyn Fn(), &raised, &whole] {
            let mut stops = 0;
            loop {
                leave();
                let Some(sweeper) = stopped(sweeper(), stops) else { break };
                drop(sweeper);
                sweep_everything();
                assert_eq!(count(room), before, "killed at stop {stops}");
                assert_eq!(living.call(b"hello", LONG), Ok(&b"HELLO"[..]));
                stops += 1;
            }
            sweep_everything();
        }
        drop(living);
        server.stop();
    });
}

#[test]
fn sweep_stopped_at_any_step_harms_nobody_when_it_goes_on() {
    support::in_namespace(|room| {
        let server = Server::start(room);
        let before = count(room);
        for stops in 0.. {
            // Killed when it had its queue, and was about to ask for the first time.
            let Some(caller) = stopped(ask(server.key), 10) else { break };
            drop(caller);
            assert_eq!(count(room), (before.0 + 1, before.1 + 1));
            let Some(sweeper) = stopped(sweeper(), stops) else { break };
            sweep_everything();
            assert_eq!(count(room), before);
            let mut living = new_caller(room, server.queue);
            assert_eq!(sweeper.finish(), Some(0));
            assert_eq!(living.call(b"hello", LONG), Ok(&b"HELLO"[..]), "after stop {stops}");
        }
        sweep_everything();
        assert_eq!(count(room), before);
        server.stop();
    });
}

#[test]
fn caller_stopped_at_any_step_survives_sweeps() {
    support::in_namespace(|room| {
        let server = Server::start(room);
        let before = count(room);
        let mut stops = 0;
        while let Some(caller) = stopped(ask(server.key), stops) {
            sweep_everything();
            // It has no sign yet that says whether it lives, and makes another one.
            assert_eq!(caller.finish(), Some(0), "swept at stop {stops}");
            assert_eq!(count(room), before);
            stops += 1;
        }
        server.stop();
    });
}

#[test]
fn sweep_that_takes_a_caller_for_dead_and_the_caller_do_not_overtake_each_other() {
    support::in_namespace(|room| {
        let server = Server::start(room);
        let before = count(room);
        // Every second stop is after a call, and nothing happens from there to the next one.
        for stops in (0..).step_by(2) {
            // Until the caller has a queue, and a little further.
            for steps in [0, 2, 4, 6] {
                // The caller has a sign, and has not raised it.
                let Some(mut caller) = stopped(ask(server.key), 4) else {
                    server.stop();
                    return;
                };
                let Some(sweeper) = stopped(sweeper(), stops) else {
                    assert_eq!(caller.finish(), Some(0));
                    server.stop();
                    return;
                };
                assert!((0..steps).all(|_| caller.step()));
                assert_eq!(sweeper.finish(), Some(0));
                assert_eq!(caller.finish(), Some(0), "the sweep at {stops}, {steps} further");
                assert_eq!(count(room), before);
            }
        }
    });
}
