//! The whole way, while everything is killed that can be: senders, a queue, the bridge, the broker,
//! the bridge, a queue, a reader.
//!
//! `cargo test --release -p ch15-beyond --test steps proof -- --nocapture --test-threads 1` prints what
//! has come of them, and how fast. `PROOF=1000000` before it makes it longer: so many messages.

mod reader;
mod senders;

use std::env;
use std::thread::sleep;
use std::time::{Duration, Instant};

use ch02_create::Queue;
use ch06_cleanup::{Status, set_capacity};
use nix::sys::signal::Signal;
use support::{Alone, Room, Running, until};

use self::reader::{Arrived, Reader};
use self::senders::Senders;
use crate::mailbox::Mailbox;
use crate::{Broker, bridge, new_queue};

/// Unless `PROOF` says otherwise.
const MESSAGES: usize = 100_000;
const IN_FLIGHT: usize = 64;
const KILLS: usize = 20;
const RESTARTS: usize = 5;

#[test]
fn every_accepted_message_arrives_whatever_is_killed() {
    let messages = env::var("PROOF").map_or(MESSAGES, |text| text.parse().expect("a number"));
    prove(messages, IN_FLIGHT, true, |_| {});
}

#[test]
fn messages_keep_their_order_with_one_in_flight_whatever_is_killed() {
    prove(2_000, 1, true, |arrived| assert_eq!(arrived.overtaken, 0));
}

#[test]
fn messages_arrive_once_and_in_order_as_long_as_nothing_is_killed() {
    for (messages, in_flight) in [(10_000, IN_FLIGHT), (1_000, 1)] {
        prove(messages, in_flight, false, |arrived| {
            assert_eq!((arrived.total, arrived.overtaken), (messages, 0));
        });
    }
}

/// Sends so many messages along the whole way, and checks that they arrive.
fn prove(messages: usize, in_flight: usize, killing: bool, check: impl FnOnce(&Arrived)) {
    let limit = Duration::from_secs(60 + messages as u64 / 500);
    Alone::default().within(limit).run(|room| {
        let Some(broker) = Broker::start() else { return };
        let mut way = Way::open(room, broker, messages, in_flight);
        let events = if killing { KILLS + RESTARTS } else { 0 };
        for event in 0..events {
            way.reader.wait_for(messages * (event + 1) / (events + 2));
            // Not always at the same place in the bridge.
            sleep(Duration::from_micros(event as u64 * 377 % 2000));
            match event % 5 {
                0 => way.kill(&[OUT]),
                1 => way.kill(&[IN]),
                2 | 3 => way.kill(&[OUT, IN]),
                _ => way.restart_the_broker(event / 5),
            }
            way.start_bridges();
        }
        check(&way.end(room, messages));
    });
}

/// From the senders to the reader.
struct Way {
    keys: [i32; 2],
    queues: [Queue; 2],
    senders: Senders,
    /// `bridge out` and `bridge in`.
    bridges: [Option<Running>; 2],
    in_flight: usize,
    broker: Broker,
    reader: Reader,
    begin: Instant,
    kills: usize,
    restarts: usize,
}

const OUT: usize = 0;
const IN: usize = 1;

impl Way {
    fn open(room: &Room, broker: Broker, messages: usize, in_flight: usize) -> Way {
        let [(here, from), (there, to)] = [(); 2].map(|()| new_queue(room));
        // The senders have to wait in a short proof as well.
        let capacity = Status::of(from).expect("the queue is ours").capacity.min(messages);
        set_capacity(from, capacity).expect("less is always allowed");
        let mut way = Way {
            keys: [here, there],
            queues: [from, to],
            senders: Senders::start(from, messages),
            bridges: [None, None],
            in_flight,
            broker,
            reader: Reader::start(to),
            begin: Instant::now(),
            kills: 0,
            restarts: 0,
        };
        way.start_bridges();
        way
    }

    /// Starts what does not run.
    fn start_bridges(&mut self) {
        self.bridges[OUT].get_or_insert_with(|| {
            let mut out = bridge("out", self.keys[OUT], &self.broker);
            out.args(["--in-flight", &self.in_flight.to_string()]);
            Running::start(out)
        });
        self.bridges[IN]
            .get_or_insert_with(|| Running::start(bridge("in", self.keys[IN], &self.broker)));
    }

    fn kill(&mut self, which: &[usize]) {
        for way in which {
            let bridge = self.bridges[*way].take().expect("it runs");
            bridge.signal(Signal::SIGKILL);
            bridge.finish().killed_by(Signal::SIGKILL);
            self.kills += 1;
        }
    }

    /// Away for longer than the queue takes to fill, or for a moment; sometimes the bridge has gone
    /// as well when the broker comes back.
    fn restart_the_broker(&mut self, time: usize) {
        self.broker.kill();
        if time == 0 {
            until("the queue to be full", || self.senders.are_asleep());
        }
        if time % 2 == 1 {
            self.kill(&[OUT, IN]);
        }
        self.broker.start_again();
        self.restarts += 1;
    }

    fn end(self, room: &Room, messages: usize) -> Arrived {
        let sent = self.senders.join();
        assert_eq!(sent.iter().map(|sent| sent.numbers + sent.equal).sum::<usize>(), messages);
        until("the last message", || self.reader.has_all(&sent));
        let took = self.begin.elapsed();
        let mailbox = Mailbox::connect(&self.broker);
        until("the stream to be empty", || mailbox.len() == 0);
        for bridge in self.bridges.into_iter().flatten() {
            // They may have said that the broker was away.
            bridge.signal(Signal::SIGTERM);
            bridge.finish().success();
        }
        self.queues.iter().for_each(|queue| room.remove(queue.id()));
        let arrived = self.reader.end();
        // Which bridge has repeated one, the stream's numbers do not say: a broker that was killed
        // when its stream was empty may begin them anew.
        let twice = arrived.total - messages;
        let (kills, restarts, in_flight) = (self.kills, self.restarts, self.in_flight);
        println!(
            "{messages} messages, {in_flight} in flight: {kills} kills of a bridge, {restarts} of the broker\n\
             all arrived, {twice} of them twice, {} overtaken\n\
             {:.1} s, {:.0} messages a second",
            arrived.overtaken,
            took.as_secs_f64(),
            messages as f64 / took.as_secs_f64()
        );
        // One at most for each kill, and what is in flight for each restart.
        assert!(twice <= kills + restarts * in_flight, "{twice}");
        arrived
    }
}
