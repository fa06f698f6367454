//! The ways to receive, measured side by side: one message at a time, and as many as can be.

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use ch02_create::{Mode, Queue};
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch06_cleanup::OwnedQueue;
use streams::{Failure, stdout};

use super::shared::{cpu_time, failed};
use super::way::{Next, WAYS, Way};

/// So many messages are sent in one go, of so many bytes each.
const FLOOD: u32 = 5_000;
const SIZE: usize = 32;

pub(crate) fn ways(times: &str) -> Result<(), Failure> {
    let times: u32 = times.parse().ok().filter(|times| *times > 0).ok_or_else(Failure::usage)?;
    let mut output = stdout()?;
    let mut ways = WAYS.map(Measured::begin).into_iter().collect::<Result<Vec<_>, _>>()?;
    // In turns, so that whatever else the machine does is done to each.
    for time in 0..times {
        for way in &mut ways {
            // The receiver sleeps by then; it is not to know for how long.
            way.one_message_after(Duration::from_micros(u64::from(2000 + time * 137 % 1000)))?;
            if time % 50 == 0 {
                way.flood()?;
            }
        }
    }
    let rows = ways.into_iter().map(Measured::row).collect::<Vec<_>>().join("\n");
    let table = format!(
        "{:13}  {:>8}  {:>8}  {:>8}  {:>8}  {:>12}\n{rows}\n\
         us from sent to received and CPU time of both sides, {times} messages; and messages of \
         {SIZE} bytes a second",
        "way", "median", "99 %", "worst", "CPU", "throughput",
    );
    output.line(table).map_err(|error| Failure::output(&error))
}

/// A way, and what it has shown.
struct Measured {
    name: &'static str,
    queue: OwnedQueue,
    next: Next,
    /// Asks the sender for a message after a pause; it answers with the moment of sending.
    ask: mpsc::Sender<Duration>,
    sent: mpsc::Receiver<nix::Result<Instant>>,
    latencies: Vec<Duration>,
    cpu: Duration,
    flooded: Duration,
    floods: u32,
}

impl Measured {
    fn begin(way: Way) -> Result<Measured, Failure> {
        let queue = Queue::private(Mode::S_IRUSR | Mode::S_IWUSR).map_err(failed)?;
        let next = (way.begin)(queue).map_err(failed)?;
        let ((ask, asked), (answer, sent)) = (mpsc::channel(), mpsc::channel());
        thread::spawn(move || {
            let mut sender = Sender::new(queue);
            for quiet in asked {
                thread::sleep(quiet);
                let now = Instant::now();
                let done = sender.try_send(MessageType::ONE, &[0; SIZE]).map(|()| now);
                if answer.send(done).is_err() {
                    return;
                }
            }
        });
        Ok(Measured {
            name: way.name,
            queue: OwnedQueue::new(queue),
            next,
            ask,
            sent,
            latencies: Vec::new(),
            cpu: Duration::ZERO,
            flooded: Duration::ZERO,
            floods: 0,
        })
    }

    fn one_message_after(&mut self, quiet: Duration) -> Result<(), Failure> {
        let cpu = cpu_time()?;
        self.ask.send(quiet).expect("the sender listens");
        (self.next)().map_err(failed)?;
        let received = Instant::now();
        let sent = self.sent.recv().expect("the sender answers").map_err(failed)?;
        self.latencies.push(received - sent);
        self.cpu += cpu_time()? - cpu;
        Ok(())
    }

    fn flood(&mut self) -> Result<(), Failure> {
        let mut sender = Sender::new(self.queue.queue());
        let begin = Instant::now();
        let sending = thread::spawn(move || {
            (0..FLOOD).try_for_each(|_| sender.send(MessageType::ONE, &[0; SIZE]))
        });
        for _ in 0..FLOOD {
            (self.next)().map_err(failed)?;
        }
        self.flooded += begin.elapsed();
        self.floods += 1;
        sending.join().expect("no panic").map_err(failed)
    }

    fn row(mut self) -> String {
        self.latencies.sort_unstable();
        let count = self.latencies.len();
        let us = |time: Duration| format!("{:.1}", time.as_secs_f64() * 1e6);
        let at = |percent: usize| us(self.latencies[(count * percent / 100).min(count - 1)]);
        let each = us(self.cpu / u32::try_from(count).expect("the caller gave it as u32"));
        let rate = f64::from(FLOOD * self.floods) / self.flooded.as_secs_f64();
        format!(
            "{:13}  {:>8}  {:>8}  {:>8}  {each:>8}  {rate:>12.0}",
            self.name,
            at(50),
            at(99),
            at(100)
        )
    }
}
