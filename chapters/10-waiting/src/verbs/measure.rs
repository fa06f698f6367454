//! Four ways to wait with an end, measured side by side.

use std::os::fd::AsFd;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use ch02_create::{Mode, Queue};
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::OwnedQueue;
use ch10_waiting::{Inbox, RecvTimeout};
use nix::poll::{PollFd, PollFlags, ppoll};
use streams::{Failure, stdout};

use super::shared::{cpu_time, failed};

const TIMEOUT: Duration = Duration::from_millis(20);

pub(crate) fn measure(times: &str) -> Result<(), Failure> {
    let times: u32 = times.parse().ok().filter(|times| *times > 0).ok_or_else(Failure::usage)?;
    let mut output = stdout()?;
    let mut ways = [
        Way::new("recv_timeout", "nothing", with_alarm)?,
        Way::new("pauses, 1 us to 1 ms", "nothing", looking_again)?,
        Way::new("inbox and ppoll", "one message, if it is empty", with_inbox)?,
        Way::new("thread and channel", "all that the thread has taken", through_a_channel)?,
    ];
    // In turns, so that whatever else the machine does is done to each.
    for time in 0..times {
        for way in &mut ways {
            way.wait_in_vain()?;
            way.wait_for_message(TIMEOUT * (1 + time % 17) / 20)?;
        }
    }
    let rows = ways.iter_mut().map(|way| way.row(times)).collect::<Vec<_>>().join("\n");
    let each = format!("{:>8}{:>8}{:>8}", "median", "mean", "worst");
    let table = format!(
        "{:20}  {:>24}  {:>24}  {:>8}\n{:20}  {each}  {each}  {:>8}  {}\n{rows}\n\
         in ms; {TIMEOUT:?} waited {times} times in vain, and {times} times for a message",
        "",
        "late at the deadline",
        "from sent to received",
        "CPU",
        "way to wait",
        "a wait",
        "a kill loses",
    );
    output.line(table).map_err(|error| Failure::output(&error))
}

/// Waits so long at most; whether a message came.
type Wait = Box<dyn FnMut(Duration) -> nix::Result<bool>>;

/// A way to wait, and what it has shown.
struct Way {
    name: &'static str,
    loses: &'static str,
    queue: OwnedQueue,
    wait: Wait,
    late: Times,
    message: Times,
    cpu: Duration,
}

/// What was measured, in the order of measuring.
#[derive(Default)]
struct Times(Vec<Duration>);

impl Times {
    /// Median, mean and worst, in milliseconds.
    fn columns(&mut self) -> String {
        self.0.sort_unstable();
        let count = self.0.len();
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        let sum: Duration = self.0.iter().sum();
        format!(
            "{:8.3}{:8.3}{:8.3}",
            ms(self.0[count / 2]),
            ms(sum) / count as f64,
            ms(self.0[count - 1])
        )
    }
}

impl Way {
    fn new(
        name: &'static str,
        loses: &'static str,
        wait: fn(Queue) -> nix::Result<Wait>,
    ) -> Result<Way, Failure> {
        let queue = Queue::private(Mode::S_IRUSR | Mode::S_IWUSR).map_err(failed)?;
        let (queue, wait) = (OwnedQueue::new(queue), wait(queue).map_err(failed)?);
        let (late, message, cpu) = Default::default();
        Ok(Way { name, loses, queue, wait, late, message, cpu })
    }

    fn wait_in_vain(&mut self) -> Result<(), Failure> {
        let (begin, cpu) = (Instant::now(), cpu_time()?);
        let came = (self.wait)(TIMEOUT).map_err(failed)?;
        let (took, used) = (begin.elapsed(), cpu_time()? - cpu);
        match took.checked_sub(TIMEOUT) {
            Some(late) if !came => self.late.0.push(late),
            _ => return Err(Failure::new(format_args!("{}: it ended too early", self.name))),
        }
        self.cpu += used;
        Ok(())
    }

    fn wait_for_message(&mut self, after: Duration) -> Result<(), Failure> {
        let mut sender = Sender::new(self.queue.queue());
        let sender = thread::spawn(move || {
            thread::sleep(after);
            let sent = Instant::now();
            sender.try_send(MessageType::ONE, b"hello").map(|()| sent)
        });
        // Longer than the pause: a message that comes late is measured, too.
        let came = (self.wait)(100 * TIMEOUT).map_err(failed)?;
        let received = Instant::now();
        let sent = sender.join().expect("no panic").map_err(failed)?;
        if !came {
            return Err(Failure::new(format_args!("{}: a message was lost", self.name)));
        }
        self.message.0.push(received - sent);
        Ok(())
    }

    fn row(&mut self, times: u32) -> String {
        let Way { name, loses, late, message, cpu, .. } = self;
        let cpu = (*cpu / times).as_secs_f64() * 1000.0;
        format!("{name:20}  {}  {}  {cpu:8.3}  {loses}", late.columns(), message.columns())
    }
}

fn with_alarm(queue: Queue) -> nix::Result<Wait> {
    let mut receiver = Receiver::new(queue);
    Ok(Box::new(move |timeout| {
        receiver.recv_timeout(Select::Any, timeout).map(|message| message.is_some())
    }))
}

/// Looks again and again, with pauses from 1 us to 1 ms.
fn looking_again(queue: Queue) -> nix::Result<Wait> {
    let mut receiver = Receiver::new(queue);
    Ok(Box::new(move |timeout| {
        let begin = Instant::now();
        let mut pause = Duration::from_micros(1);
        loop {
            if receiver.try_recv(Select::Any)?.is_some() {
                return Ok(true);
            }
            let Some(left) = timeout.checked_sub(begin.elapsed()) else {
                return Ok(false);
            };
            thread::sleep(pause.min(left));
            pause = (2 * pause).min(Duration::from_millis(1));
        }
    }))
}

/// The descriptor of an inbox has a timeout.
fn with_inbox(queue: Queue) -> nix::Result<Wait> {
    let mut inbox = Inbox::new(queue, Select::Any)?;
    Ok(Box::new(move |timeout| {
        let begin = Instant::now();
        loop {
            if inbox.try_recv()?.is_some() {
                return Ok(true);
            }
            let Some(left) = timeout.checked_sub(begin.elapsed()) else {
                return Ok(false);
            };
            ppoll(&mut [PollFd::new(inbox.as_fd(), PollFlags::POLLIN)], Some(left.into()), None)?;
        }
    }))
}

/// A thread takes each message as soon as it is there; a channel has a timeout.
fn through_a_channel(queue: Queue) -> nix::Result<Wait> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut queue = Receiver::new(queue);
        // Until the queue is removed, or nobody listens any more.
        while let Ok(message) = queue.recv(Select::Any) {
            if sender.send(message.bytes().to_vec()).is_err() {
                return;
            }
        }
    });
    Ok(Box::new(move |timeout| Ok(receiver.recv_timeout(timeout).is_ok())))
}
