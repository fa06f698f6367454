//! A private queue for each caller, beside one queue for everything, measured side by side.

mod designs;

use std::fs::File;
use std::io::Write;
use std::thread;
use std::time::{Duration, Instant};

use ch02_create::{Mode, Queue};
use ch05_receive::{Receiver, Select};
use ch06_cleanup::OwnedQueue;
use ch11_request_reply::sweep;
use nix::errno::Errno;
use nix::sys::signal::{Signal, raise};
use streams::{Failure, stdout};

use self::designs::{Ask, Design, ONE_QUEUE, PRIVATE_QUEUES};
use super::children::{Child, ready};

/// How long a caller waits before it gives up. Nothing here takes so long, unless it stands still.
const TIMEOUT: Duration = Duration::from_secs(1);

/// What else there is beside the callers that are measured.
#[derive(Clone, Copy)]
enum Beside {
    Nothing,
    /// A caller that was killed when it had asked.
    OneDead,
    /// A caller that has asked 1,000 times, asks again each millisecond, and never reads.
    OneAsleep,
}

pub(crate) fn measure(callers: &str, calls: &str, rounds: &str) -> Result<(), Failure> {
    let number = |text: &str| text.parse().ok().filter(|n| (1..=100_000).contains(n));
    let (Some(callers), Some(calls), Some(rounds)) =
        (number(callers), number(calls), number(rounds))
    else {
        return Err(Failure::usage());
    };
    let mut output = stdout()?;
    let mut rows = Vec::new();
    for (beside, name) in [
        (Beside::Nothing, "nothing"),
        (Beside::OneDead, "one dead"),
        (Beside::OneAsleep, "one asleep"),
    ] {
        for design in [&PRIVATE_QUEUES, &ONE_QUEUE] {
            rows.push((design, beside, name, Vec::new()));
        }
    }
    // In turns, so that whatever else the machine does is done to each.
    for _ in 0..rounds {
        for (design, beside, _, runs) in &mut rows {
            runs.push(run(design, *beside, callers, calls).map_err(|errno| {
                Failure::new(format_args!("cannot measure: {} ({errno:?})", errno.desc()))
            })?);
        }
    }
    let rows = rows
        .into_iter()
        .map(|(design, _, name, runs)| format!("\n{:17}{name:19}{}", design.name, row(runs)));
    let table = format!(
        "{callers} callers, {calls} calls each, of 32 bytes; the median of {rounds} runs\n\n\
         {:17}{:19}{:>9}{:>11}{:>9}{:>10}{}",
        "replies through",
        "beside the callers",
        "calls/s",
        "median us",
        "99 % us",
        "answered",
        rows.collect::<String>(),
    );
    output.line(table).map_err(|error| Failure::output(&error))
}

/// How long it took, and how long each call that was answered, in nanoseconds.
type Run = (Duration, Vec<u64>);

fn run(design: &Design, beside: Beside, callers: u32, calls: u32) -> nix::Result<Run> {
    let mode = Mode::S_IRUSR | Mode::S_IWUSR;
    let [requests, gate] = [Queue::private(mode)?, Queue::private(mode)?].map(OwnedQueue::new);
    let (queue, closed) = (requests.queue(), gate.queue());
    let server = Child::start(|_| (design.serve)(queue))?;
    let other = start_other(design, beside, queue, callers)?;
    let children = (0..callers).map(|index| {
        let child = Child::start(|report| {
            let mut caller = (design.caller)(queue, index)?;
            ready(report)?;
            // The gate opens by its removal, for all at once.
            let _ = Receiver::new(closed).recv(Select::Any);
            call(&mut *caller, index, calls, report)
        })?;
        child.read(1);
        Ok(child)
    });
    let children = children.collect::<nix::Result<Vec<_>>>()?;

    let begin = Instant::now();
    gate.remove()?;
    let mut latencies = Vec::new();
    for child in children {
        let report = child.read(u64::MAX);
        let numbers = report.chunks_exact(8).map(|bytes| bytes.try_into().expect("eight bytes"));
        latencies.extend(numbers.map(u64::from_ne_bytes));
        child.wait()?;
    }
    let time = begin.elapsed();
    other.into_iter().chain([server]).try_for_each(Child::kill)?;
    sweep()?;
    latencies.sort_unstable();
    Ok((time, latencies))
}

/// The calls of one caller; it gives up at the first one that is not answered.
fn call(caller: &mut dyn Ask, index: u32, calls: u32, report: &mut File) -> nix::Result<()> {
    let mut latencies = Vec::new();
    for call in 0..calls {
        let text = format!("caller {index:10}, call {call:8}");
        let begin = Instant::now();
        match caller.ask(text.as_bytes(), TIMEOUT) {
            Ok(true) => latencies.extend((begin.elapsed().as_nanos() as u64).to_ne_bytes()),
            // Somebody else's reply.
            Ok(false) => return Err(Errno::EBADMSG),
            Err(Errno::ETIMEDOUT | Errno::EAGAIN) => break,
            Err(errno) => return Err(errno),
        }
    }
    report.write_all(&latencies).map_err(|_| Errno::EPIPE)
}

fn start_other(
    design: &Design,
    beside: Beside,
    queue: Queue,
    index: u32,
) -> nix::Result<Option<Child>> {
    let post = |caller: &mut dyn Ask| caller.post(&[b'x'; 32], TIMEOUT / 10);
    match beside {
        Beside::Nothing => Ok(None),
        Beside::OneDead => {
            let child = Child::start(|_| {
                let mut caller = (design.caller)(queue, index)?;
                post(&mut *caller)?;
                raise(Signal::SIGKILL)
            })?;
            child.wait()?;
            Ok(None)
        }
        Beside::OneAsleep => {
            let child = Child::start(|report| {
                let mut caller = (design.caller)(queue, index)?;
                // Where the replies are in the way of the requests, there is no room at some time.
                let _ = (0..1000).try_for_each(|_| post(&mut *caller));
                ready(report)?;
                loop {
                    let _ = post(&mut *caller);
                    thread::sleep(Duration::from_millis(1));
                }
            })?;
            child.read(1);
            Ok(Some(child))
        }
    }
}

/// The run in the middle, by its speed.
fn row(mut runs: Vec<Run>) -> String {
    let rate = |(time, latencies): &Run| latencies.len() as f64 / time.as_secs_f64();
    runs.sort_by(|one, other| rate(one).total_cmp(&rate(other)));
    let run = &runs[runs.len() / 2];
    let answered = run.1.len();
    if answered == 0 {
        return format!("{:>9}{:>11}{:>9}{answered:>10}", "-", "-", "-");
    }
    let part = |percent: usize| run.1[(answered - 1) * percent / 100] as f64 / 1e3;
    format!("{:9.0}{:11.1}{:9.1}{answered:>10}", rate(run), part(50), part(99))
}
