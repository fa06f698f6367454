//! What a dead waker costs, and what a sleeper costs.

use std::fs::File;
use std::io::Write;
use std::process::id;
use std::thread;
use std::time::{Duration, Instant};

use ch16_shared_memory::{Ring, Shape, Step, futex_calls, unlink};
use nix::errno::Errno;
use streams::{Failure, stdout};

use super::children::{Child, ready};
use super::die::die_at;
use super::shared::failed;

const DEATHS: u32 = 21;
const STREAM: u32 = 500_000;
const TURNS: u32 = 20_000;

pub(crate) fn measure() -> Result<(), Failure> {
    let mut output = stdout()?;
    let mut print = |what: &str, result: nix::Result<String>| {
        let result = result.map_err(|errno| failed(what, errno))?;
        output.line(format!("{what:30}{result}")).map_err(|error| Failure::output(&error))
    };
    print("sender killed before it woke", deaths())?;
    print("one way, 32 bytes", stream())?;
    print("turn and turn about", turns())
}

/// How late a message is whose sender was killed when it had published it, and had woken nobody.
fn deaths() -> nix::Result<String> {
    let ring = unnamed(8)?;
    let mut late = Vec::new();
    for death in 0..DEATHS {
        let receiver = Child::start(|report| {
            ready(report)?;
            ring.recv(&mut Vec::new())?;
            ready(report)
        })?;
        receiver.read(1);
        // It falls asleep, and is found in some part of its nap.
        thread::sleep(Duration::from_millis(u64::from(20 + death * 17 % 100)));
        let sender = Child::start(|_| ring.try_send_at(b"hello", die_at(Step::Published)))?;
        sender.wait()?;
        let dead = Instant::now();
        receiver.read(1);
        late.push(dead.elapsed());
        receiver.wait()?;
    }
    late.sort_unstable();
    let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
    Ok(format!(
        "late by {:.1} ms (median of {DEATHS}), {:.1} ms at most",
        milliseconds(late[late.len() / 2]),
        milliseconds(late[late.len() - 1])
    ))
}

/// As many messages as possible: few of them meet a sleeper.
fn stream() -> nix::Result<String> {
    let ring = unnamed(64)?;
    let receiver = Child::start(|report| {
        // A child begins with its parent's count.
        let (mut message, before) = (Vec::new(), calls());
        ready(report)?;
        while ring.recv(&mut message) != Err(Errno::EPIPE) {}
        tell_calls(report, before)
    })?;
    receiver.read(1);
    let (start, before) = (Instant::now(), calls());
    for _ in 0..STREAM {
        ring.send(&[7; 32])?;
    }
    ring.close()?;
    finish(receiver, start, before, STREAM)
}

/// There and back: each of the two sleeps until the other has sent.
fn turns() -> nix::Result<String> {
    let (there, back) = (unnamed(8)?, unnamed(8)?);
    let other = Child::start(|report| {
        // A child begins with its parent's count.
        let (mut message, before) = (Vec::new(), calls());
        ready(report)?;
        while there.recv(&mut message) != Err(Errno::EPIPE) {
            back.send(&message)?;
        }
        tell_calls(report, before)
    })?;
    other.read(1);
    let (start, before) = (Instant::now(), calls());
    let mut message = Vec::new();
    for _ in 0..TURNS {
        there.send(&[7; 32])?;
        back.recv(&mut message)?;
    }
    there.close()?;
    finish(other, start, before, 2 * TURNS)
}

fn finish(child: Child, start: Instant, before: u64, messages: u32) -> nix::Result<String> {
    let its = child.read(8).try_into().map_or(0, u64::from_ne_bytes);
    let time = start.elapsed() / messages;
    child.wait()?;
    let calls = (calls() - before + its) as f64 / f64::from(messages);
    Ok(format!("{} ns a message, {calls:.3} futex calls a message", time.as_nanos()))
}

/// Those of this process.
fn calls() -> u64 {
    let (sleeps, wakes) = futex_calls();
    sleeps + wakes
}

fn tell_calls(report: &mut File, before: u64) -> nix::Result<()> {
    report.write_all(&(calls() - before).to_ne_bytes()).map_err(|_| Errno::EPIPE)
}

/// A ring that children have from their parent.
fn unnamed(slots: u32) -> nix::Result<Ring> {
    let name = format!("/ch16-measure-{}", id());
    let ring = Ring::create_new(&name, Shape::new(slots, 64)?)?;
    unlink(&name).map(|()| ring)
}
