//! Deaths: at each of the worst places, and at random.

use std::thread;
use std::time::{Duration, Instant};

use ch16_shared_memory::Ring;
use nix::sys::signal::Signal;
use support::Running;

use crate::{Name, ch16, finished, sleeps};

/// Where a call can be killed, and whether what it does has been done by then.
const PLACES: [(&str, bool); 3] = [("entered", false), ("copied", false), ("published", true)];

fn die(place: &str, name: &Name) {
    finished(ch16(&["die", place, &name.0])).killed_by(Signal::SIGKILL);
}

/// Receives all there is.
fn drain(ring: &Ring) -> Vec<String> {
    let (mut all, mut message) = (Vec::new(), Vec::new());
    while ring.try_recv(&mut message).expect("it is open") {
        all.push(String::from_utf8(message.clone()).expect("a text"));
    }
    all
}

#[test]
fn sender_killed_at_each_place_leaves_a_ring_that_goes_on() {
    support::alone(|_| {
        let name = Name::new();
        let ring = name.ring(2, 32);
        for _ in 0..4 {
            for (place, is_sent) in PLACES {
                let place = format!("send-{place}");
                die(&place, &name);
                ring.try_send(b"after").expect("a dead sender takes no slot");
                let expected = [place.as_str(), "after"];
                assert_eq!(drain(&ring), expected[usize::from(!is_sent)..], "{place}");
            }
        }
    });
}

#[test]
fn receiver_killed_at_each_place_takes_one_message_with_it_at_most() {
    support::alone(|_| {
        let name = Name::new();
        let ring = name.ring(2, 32);
        for _ in 0..4 {
            for (place, is_received) in PLACES {
                ring.try_send(b"first").expect("a dead receiver keeps no slot");
                ring.try_send(b"second").expect("a dead receiver keeps no slot");
                die(&format!("receive-{place}"), &name);
                let expected = ["first", "second"];
                assert_eq!(drain(&ring), expected[usize::from(is_received)..], "{place}");
            }
        }
    });
}

#[test]
fn place_that_is_not_reached_kills_nobody() {
    support::alone(|_| {
        let name = Name::new();
        let _ring = name.ring(2, 32);
        let told = finished(ch16(&["die", "receive-copied", &name.0]));
        told.code(1).stderr_has("there is no message to receive");
    });
}

#[test]
fn message_of_a_sender_killed_before_it_woke_anybody_is_late_and_not_lost() {
    support::alone(|_| {
        let name = Name::new();
        let ring = name.ring(2, 32);
        thread::scope(|scope| {
            let receiver = scope.spawn(|| {
                let mut message = Vec::new();
                ring.recv(&mut message).map(|()| (message, Instant::now()))
            });
            die("send-published", &name);
            let dead = Instant::now();
            let (message, received) = receiver.join().expect("no panic").expect("it comes");
            assert_eq!(message, b"send-published");
            println!("late by {:?}", received.saturating_duration_since(dead));
        });
    });
}

#[test]
fn room_made_by_a_receiver_killed_before_it_woke_anybody_is_found() {
    support::alone(|_| {
        let name = Name::new();
        let ring = name.ring(1, 32);
        ring.send(b"first").expect("there is room");
        thread::scope(|scope| {
            let sender = scope.spawn(|| ring.send(b"second"));
            die("receive-published", &name);
            assert_eq!(sender.join().expect("no panic"), Ok(()));
        });
        assert_eq!(drain(&ring), ["second"]);
    });
}

#[test]
fn server_and_client_killed_in_their_sleep_disturb_nobody() {
    support::alone(|_| {
        let name = Name::new();
        let mut server = Running::start(ch16(&["server", &name.0]));
        server.wait_for_text("Waiting for messages");
        support::until("the server to sleep", || sleeps(server.id()));
        server.signal(Signal::SIGKILL);
        server.finish().killed_by(Signal::SIGKILL);
        let ring = Ring::open(&name.0).expect("it stays");
        while ring.try_send(b"waiting").is_ok() {}
        let mut client = Running::start(ch16(&["client", &name.0]));
        client.write_line("one too many");
        support::until("the client to sleep", || sleeps(client.id()));
        client.signal(Signal::SIGKILL);
        client.finish().killed_by(Signal::SIGKILL);
        assert_eq!(drain(&ring).len(), 64);
        ring.try_send(b"after").expect("there is room");
        assert_eq!(drain(&ring), ["after"]);
        assert_eq!(ring.recv_timeout(&mut Vec::new(), Duration::ZERO), Ok(false));
    });
}

#[test]
fn random_deaths_lose_nothing_but_what_a_receiver_had_in_hand_and_double_nothing() {
    support::alone(|_| {
        // The program itself compares the numbers.
        let told = finished(ch16(&["kill", "40"]));
        let lines = told.success().lines();
        assert_eq!(lines.len(), 3);
        assert!(lines[0].contains(", lost 0, received twice 0"), "{told:?}");
    });
}
