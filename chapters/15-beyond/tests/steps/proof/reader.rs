//! Who takes messages out of the other queue, and keeps count.

use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::JoinHandle;

use ch02_create::Queue;
use ch05_receive::{Receiver, Select};
use nix::errno::Errno;
use support::until;

use super::senders::{EQUAL, SENDERS, Sent};

pub(super) struct Reader {
    arrived: Arc<Mutex<Arrived>>,
    thread: JoinHandle<()>,
}

/// What has come.
#[derive(Clone, Default)]
pub(super) struct Arrived {
    /// Of each sender, how often each number has come.
    numbers: [Vec<u32>; SENDERS],
    equal: usize,
    pub(super) total: usize,
    /// How many have come first after a later one of the same sender.
    pub(super) overtaken: usize,
}

impl Reader {
    pub(super) fn start(queue: Queue) -> Reader {
        let arrived = Arc::<Mutex<Arrived>>::default();
        let count = Arc::clone(&arrived);
        let thread = support::spawn(move || {
            let mut receiver = Receiver::new(queue);
            loop {
                match receiver.recv(Select::Any) {
                    Ok(message) => count.lock().expect("no panic").add(message.bytes()),
                    Err(Errno::EIDRM | Errno::EINVAL) => return,
                    Err(errno) => panic!("{errno}"),
                }
            }
        });
        Reader { arrived, thread }
    }

    /// Waits until so many have come.
    pub(super) fn wait_for(&self, total: usize) {
        until("messages to come", || self.look().total >= total);
    }

    /// Whether all that has been sent has come.
    pub(super) fn has_all(&self, sent: &[Sent]) -> bool {
        let arrived = self.look();
        let each = arrived.numbers.iter().zip(sent);
        let all_numbers = each.clone().all(|(numbers, sent)| {
            numbers.len() == sent.numbers && numbers.iter().all(|times| *times > 0)
        });
        all_numbers && arrived.equal >= sent.iter().map(|sent| sent.equal).sum()
    }

    /// What has come until the queue was removed.
    pub(super) fn end(self) -> Arrived {
        self.thread.join().expect("no panic");
        self.arrived.lock().expect("no panic").clone()
    }

    fn look(&self) -> MutexGuard<'_, Arrived> {
        self.arrived.lock().expect("no panic")
    }
}

impl Arrived {
    fn add(&mut self, bytes: &[u8]) {
        self.total += 1;
        let text = str::from_utf8(bytes).expect("the senders send UTF-8");
        if text == EQUAL {
            self.equal += 1;
            return;
        }
        let (sender, number) = text.split_once(' ').expect("two numbers");
        let number: usize = number.parse().expect("a number");
        let numbers = &mut self.numbers[sender.parse::<usize>().expect("a number")];
        if numbers.len() <= number {
            numbers.resize(number + 1, 0);
        } else if numbers[number] == 0 {
            self.overtaken += 1;
        }
        numbers[number] += 1;
    }
}
