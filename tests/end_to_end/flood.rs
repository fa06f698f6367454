//! Shutdown under fire: four senders that never stop, and not one message lost.

use std::thread;

use nix::errno::Errno;
use nix::sys::signal::Signal;
use support::{asleep_in_msg_call, this_thread, until};
use sysv_mq::{MessageType, Sender};

use crate::programs::{READY, STOPPED, queue, ready_server, transcript};
use crate::senders::{Manner, flood, printed};
use crate::stalled::Stalled;

const ROUNDS: usize = 100;

#[test]
fn four_flooding_senders_lose_no_message_when_the_server_stops() {
    support::alone(|room| {
        let mut refused = 0;
        for round in 0..ROUNDS {
            let key = room.key();
            let server = ready_server(key);
            let queue = queue(key);
            let senders = [
                ("ann", Manner::Waiting),
                ("bob", Manner::Waiting),
                ("cyd", Manner::Retrying),
                ("dan", Manner::Retrying),
            ]
            .map(|(name, manner)| (name, thread::spawn(move || flood(queue, name, manner))));
            // After the first lines, or after many.
            let bytes = READY.len() + (round % 10) * 20_000;
            until("the server to be busy", || server.stdout_so_far().len() > bytes + 1);
            server.signal(if round % 2 == 0 { Signal::SIGTERM } else { Signal::SIGINT });

            let server = server.finish();
            server.success().stderr_is("");
            let lines = server.lines();
            let mut all = 0;
            for (name, thread) in senders {
                let flood = thread.join().expect("a sender does not panic");
                assert!(matches!(flood.end, Errno::EIDRM | Errno::EINVAL), "{name}: {}", flood.end);
                assert!(
                    printed(&lines, name).into_iter().eq(0..flood.accepted),
                    "round {round}: not each of {name}'s {} messages once and in order",
                    flood.accepted
                );
                all += flood.accepted;
                refused += flood.refused;
            }
            assert_eq!(lines.len(), all + 2, "round {round}");
            assert_eq!(lines.last().map(String::as_str), Some(STOPPED));
            assert_eq!(room.queues(), [], "round {round}");
        }
        assert!(refused > 0, "the senders never filled the queue");
    });
}

#[test]
fn sender_that_waits_for_room_gets_eidrm_when_the_server_stops() {
    support::alone(|room| {
        let server = Stalled::start(room.key());
        let queue = server.queue;
        let mut sender = Sender::new(queue);
        let text = format!("{}\0", "x".repeat(1023));
        let mut accepted = 0;
        while sender.try_send(MessageType::ONE, text.as_bytes()).is_ok() {
            accepted += 1;
        }
        let (tell, told) = std::sync::mpsc::channel();
        let waiting = thread::spawn(move || {
            tell.send(this_thread()).expect("the test listens");
            sender.send(MessageType::ONE, b"too late\0")
        });
        let thread = told.recv().expect("the thread tells its id");
        until("the sender to wait", || asleep_in_msg_call(thread));

        server.begin_to_stop(Signal::SIGTERM);
        let mut another = Sender::new(queue);
        let refused = another.try_send(MessageType::ONE, b"");
        assert_eq!(refused, Err(Errno::EAGAIN), "not even an empty one");
        let expected = transcript(vec!["x".repeat(1023); accepted]);
        server.read().success().stdout_is(expected);
        assert_eq!(waiting.join().expect("no panic"), Err(Errno::EIDRM));
    });
}
