//! `kill $old; server &`: whoever types this expects a server to run afterwards.

use std::thread;

use nix::sys::signal::Signal;
use support::{Running, until};
use sysv_mq::{Key, MessageType, Queue, Sender};

use crate::programs::{READY, client, queue, ready_server, server, transcript};
use crate::rounds::rounds;
use crate::senders::{Manner, flood, printed};

#[test]
fn server_whose_found_queue_is_closed_in_its_first_second_makes_a_new_one() {
    support::alone(|room| {
        let key = room.key();
        let first = ready_server(key);
        let mut second = Running::start(server(key));
        second.wait_for_text("found, with 0 messages waiting");
        first.signal(Signal::SIGTERM);
        first.finish().success().stdout_is(transcript([""; 0]));
        second.wait_for_line(READY);
        second.wait_for_stderr("removed by the server that was shutting down: making a new one");
        let mut last = client(key);
        last.arg("exit");
        Running::start(last).finish().success();
        second.finish().success().stdout_has("received: exit");
    });
}

#[test]
fn second_server_is_there_after_a_restart() {
    rounds(50, |room, round| {
        let key = room.key();
        let old = ready_server(key);
        let load = queue(key);
        // Some rounds with a client that does not stop.
        let sender =
            (round % 3 == 0).then(|| thread::spawn(move || flood(load, "line", Manner::Waiting)));
        old.signal(Signal::SIGTERM);
        let new = Running::start(server(key));
        let old = old.finish();
        old.success();
        let queue = Key::new(key).expect("the keys of a room are not 0");
        let sends = || {
            let open = Queue::open(queue).map(Sender::new);
            open.and_then(|mut sender| sender.try_send(MessageType::ONE, b"exit")).is_ok()
        };
        until("the new server's queue", || sends() || new.has_exited());
        let new = new.finish();
        new.success().stdout_has("Server received: exit\n");
        if let Some(sender) = sender {
            let accepted = sender.join().expect("no panic").accepted;
            let lines = [old.lines(), new.lines()].concat();
            let mut shown = printed(&lines, "line");
            shown.sort_unstable();
            assert!(shown.into_iter().eq(0..accepted), "round {round}: {accepted} accepted");
        }
        assert_eq!(room.queues(), [], "round {round}");
    });
}
