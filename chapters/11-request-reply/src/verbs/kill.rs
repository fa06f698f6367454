//! Callers and sweeps that are killed at random moments, while others live.

use std::collections::{HashSet, VecDeque};
use std::fs::{self, File};
use std::hash::{BuildHasher, RandomState};
use std::io::Write;
use std::thread;
use std::time::Duration;

use ch02_create::{Mode, Queue};
use ch06_cleanup::{OwnedQueue, Status};
use ch11_request_reply::{Caller, Responder, sweep_after};
use nix::errno::Errno;
use streams::{Failure, stdout};

use super::children::Child;

const TIMEOUT: Duration = Duration::from_secs(60);
/// How many callers live, and how many are waiting for their end at any time.
const LIVING: usize = 4;
const MORTAL: usize = 4;

pub(crate) fn kill(times: &str) -> Result<(), Failure> {
    let times = times.parse().ok().filter(|times| *times > 0).ok_or_else(Failure::usage)?;
    let mut output = stdout()?;
    let line = run(times).map_err(|errno| {
        Failure::new(format_args!("something went wrong: {} ({errno:?})", errno.desc()))
    })?;
    output.line(&line).map_err(|error| Failure::output(&error).and(line))
}

fn run(times: u32) -> nix::Result<String> {
    let before = everything();
    let mode = Mode::S_IRUSR | Mode::S_IWUSR;
    let [requests, alive] = [Queue::private(mode)?, Queue::private(mode)?].map(OwnedQueue::new);
    let (queue, alive_queue) = (requests.queue(), alive.queue());
    let server = Child::start(|_| serve(queue))?;
    let living: Vec<_> = (0..LIVING)
        .map(|_| Child::start(|report| live(queue, alive_queue, report)))
        .collect::<nix::Result<_>>()?;

    let (mut callers, mut sweeps) = (VecDeque::new(), VecDeque::new());
    let (mut killed_sweeps, mut cleared) = (0, 0);
    for time in 0..times {
        callers.push_back(Child::start(|_| start_and_end(queue))?);
        if callers.len() > MORTAL {
            callers.pop_front().map_or(Ok(()), Child::kill)?;
        }
        if time % 4 == 0 {
            sweeps.push_back(Child::start(sweep_on)?);
            if sweeps.len() > 2 {
                let reported = sweeps.pop_front().map(Child::kill_and_read).transpose()?;
                cleared += reported.map_or(0, |queues| queues.len());
                killed_sweeps += 1;
            }
        }
        thread::sleep(Duration::from_nanos(RandomState::new().hash_one(time) % 1_000_000));
    }
    callers.into_iter().try_for_each(Child::kill)?;
    for sweep in sweeps {
        cleared += sweep.kill_and_read()?.len();
        killed_sweeps += 1;
    }
    alive.remove()?;
    let mut calls = 0;
    for caller in living {
        calls += caller.read(8).try_into().map_or(0, u64::from_ne_bytes);
        caller.wait()?;
    }
    server.kill()?;
    requests.remove()?;
    cleared += sweep_after(Duration::ZERO)?.queues;

    let after = everything();
    let (left, touched) = (after.difference(&before).count(), before.difference(&after).count());
    Ok(format!(
        "callers killed: {times}, sweeps killed: {killed_sweeps}, queues of dead callers removed: {cleared}\n\
         living callers: {LIVING}, their calls, all of them answered: {calls}\n\
         queues and sets left over: {left}, others' touched: {touched}"
    ))
}

fn serve(queue: Queue) -> nix::Result<()> {
    let mut responder = Responder::new(queue);
    loop {
        responder.serve_one(<[u8]>::to_ascii_uppercase)?;
    }
}

/// Asks as long as there is that queue, and reports how often.
fn live(queue: Queue, alive: Queue, report: &mut File) -> nix::Result<()> {
    let mut caller = Caller::new(queue)?;
    let mut calls = 0_u64;
    while Status::of(alive).is_ok() {
        let text = format!("call {calls}");
        if caller.call(text.as_bytes(), TIMEOUT)? != text.to_ascii_uppercase().as_bytes() {
            return Err(Errno::EBADMSG);
        }
        calls += 1;
    }
    drop(caller);
    report.write_all(&calls.to_ne_bytes()).map_err(|_| Errno::EPIPE)
}

fn start_and_end(queue: Queue) -> nix::Result<()> {
    loop {
        Caller::new(queue)?.call(b"hello", TIMEOUT)?;
    }
}

/// Sweeps on and on, callers that have not raised their sign yet among it, and reports each queue.
fn sweep_on(report: &mut File) -> nix::Result<()> {
    loop {
        let swept = sweep_after(Duration::ZERO)?;
        report.write_all(&vec![1; swept.queues]).map_err(|_| Errno::EPIPE)?;
    }
}

/// All queues and sets of semaphores of this IPC namespace, by kind and ID.
fn everything() -> HashSet<(&'static str, String)> {
    let ids = |kind| {
        let list = fs::read_to_string(format!("/proc/sysvipc/{kind}")).unwrap_or_default();
        let id = |line: &str| line.split_ascii_whitespace().nth(1).map(str::to_owned);
        list.lines().skip(1).filter_map(id).map(|id| (kind, id)).collect::<Vec<_>>()
    };
    ["msg", "sem"].into_iter().flat_map(ids).collect()
}
