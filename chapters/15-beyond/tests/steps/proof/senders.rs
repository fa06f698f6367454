//! Who sends into the queue.

use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::thread::JoinHandle;

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::Sender;
use support::{asleep_in_msg_call, this_thread};

/// How many there are.
pub(super) const SENDERS: usize = 4;
/// What each of them sends now and then: nobody can say which of these a message is.
pub(super) const EQUAL: &str = "the same line";
/// One message in so many.
const NOW_AND_THEN: usize = 100;

/// Threads that wait for room as `client` does.
pub(super) struct Senders {
    threads: Vec<(Arc<AtomicI32>, JoinHandle<Sent>)>,
}

/// What one has sent: the numbers from 0, and equal lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sent {
    pub(super) numbers: usize,
    pub(super) equal: usize,
}

impl Senders {
    pub(super) fn start(queue: Queue, messages: usize) -> Senders {
        let start = |sender: usize| {
            let id = Arc::new(AtomicI32::new(0));
            let (its_id, share) = (Arc::clone(&id), (messages + sender) / SENDERS);
            let thread = support::spawn(move || {
                its_id.store(this_thread(), Ordering::Relaxed);
                send(queue, sender, share)
            });
            (id, thread)
        };
        Senders { threads: (0..SENDERS).map(start).collect() }
    }

    /// Whether all that have something to send wait for room.
    pub(super) fn are_asleep(&self) -> bool {
        let asleep = |id: &AtomicI32| asleep_in_msg_call(id.load(Ordering::Relaxed));
        let mut at_work =
            self.threads.iter().filter(|(_, thread)| !thread.is_finished()).peekable();
        assert!(at_work.peek().is_some(), "all has been sent already");
        at_work.all(|(id, _)| asleep(id))
    }

    /// Waits for their end; what each has sent.
    pub(super) fn join(self) -> Vec<Sent> {
        self.threads.into_iter().map(|(_, thread)| thread.join().expect("no panic")).collect()
    }
}

fn send(queue: Queue, name: usize, messages: usize) -> Sent {
    let (mut sender, mut sent) = (Sender::new(queue), Sent::default());
    let message_type = MessageType::new(name as _).unwrap_or(MessageType::ONE);
    for message in 1..=messages {
        let text = if message % NOW_AND_THEN == 0 {
            sent.equal += 1;
            EQUAL.to_owned()
        } else {
            sent.numbers += 1;
            format!("{name} {}", sent.numbers - 1)
        };
        sender.send(message_type, text.as_bytes()).expect("the queue is ours");
    }
    sent
}
