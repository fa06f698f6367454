//! Senders and receivers that are killed at random, while others are at work.

use std::hash::{BuildHasher, RandomState};
use std::process::id;
use std::thread;
use std::time::Duration;

use ch16_shared_memory::{Ring, Shape, unlink};
use nix::errno::Errno;
use streams::{Failure, stdout};

use super::children::Child;
use super::shared::failed;
use super::tally::{Outcome, Tally};

/// So many senders, and so many receivers, are at work at any time.
const EACH: usize = 3;

pub(crate) fn kill(times: &str) -> Result<(), Failure> {
    let times: u64 = times.parse().ok().filter(|times| *times > 0).ok_or_else(Failure::usage)?;
    let mut output = stdout()?;
    for victims in [Victims::Senders, Victims::Receivers, Victims::Both] {
        let (mortals, killed_receivers) = match victims {
            Victims::Senders => ("senders", 0),
            Victims::Receivers => ("receivers", times),
            Victims::Both => ("of both", times.div_ceil(2)),
        };
        let outcome = run(times, victims).map_err(|errno| failed("the ring has failed", errno))?;
        let Outcome { accepted, lost, doubled, longest_pause } = outcome;
        let line = format!(
            "killed {times:5} {mortals:9}  accepted {accepted:8}, lost {lost}, received twice {doubled}; \
             longest pause {} ms",
            longest_pause.as_millis()
        );
        output.line(&line).map_err(|error| Failure::output(&error))?;
        // A receiver may be killed when it has taken a message, and not written that down.
        if doubled > 0 || lost > killed_receivers {
            return Err(Failure::new(format_args!(
                "at most {killed_receivers} could be lost, one with each receiver, and none come twice"
            )));
        }
    }
    Ok(())
}

#[derive(Clone, Copy, PartialEq)]
enum Victims {
    Senders,
    Receivers,
    Both,
}

fn run(times: u64, victims: Victims) -> nix::Result<Outcome> {
    let name = format!("/ch16-kill-{}", id());
    // Few slots: it is full, and empty, all the time.
    let ring = Ring::create_new(&name, Shape::new(4, 64)?)?;
    unlink(&name)?; // children have it from their parent
    let tally = Tally::new()?;
    let start = |index| {
        Child::start(|_| if index < EACH { send(&ring, tally) } else { receive(&ring, tally) })
    };
    let mut children = (0..2 * EACH).map(start).collect::<nix::Result<Vec<_>>>()?;
    let random = RandomState::new();
    for time in 0..times {
        let chance = random.hash_one(time);
        thread::sleep(Duration::from_nanos(chance % 1_000_000));
        let victim = (chance >> 32) as usize % EACH
            + match victims {
                Victims::Senders => 0,
                Victims::Receivers => EACH,
                Victims::Both => (time % 2) as usize * EACH,
            };
        let new = start(victim)?;
        std::mem::replace(&mut children[victim], new).kill()?;
    }
    ring.close()?;
    children.into_iter().try_for_each(Child::wait)?;
    Ok(tally.result())
}

fn send(ring: &Ring, tally: Tally) -> nix::Result<()> {
    loop {
        let number = tally.number()?;
        match ring.send(&message(number)) {
            Ok(()) => tally.accepted(number),
            Err(Errno::EPIPE) => return Ok(()),
            Err(errno) => return Err(errno),
        }
    }
}

fn receive(ring: &Ring, tally: Tally) -> nix::Result<()> {
    let mut received = Vec::with_capacity(64);
    loop {
        match ring.recv(&mut received) {
            Ok(()) => {}
            Err(Errno::EPIPE) => return Ok(()),
            Err(errno) => return Err(errno),
        }
        let number = received.first_chunk().map(|number| u64::from_ne_bytes(*number));
        let number = number.ok_or(Errno::EBADMSG)?;
        // All of it is there, and of one piece.
        if received != message(number) {
            return Err(Errno::EBADMSG);
        }
        tally.received(number)?;
    }
}

/// A number, and more bytes, of a length and a value that follow from it.
fn message(number: u64) -> Vec<u8> {
    let mut message = number.to_ne_bytes().to_vec();
    message.resize(8 + number as usize % 57, number as u8);
    message
}
