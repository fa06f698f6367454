//! One way to stop, whoever asks: a signal, or a message that says "exit".

use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use nix::errno::Errno;

use super::mailbox::Mailbox;
use super::orders::{Order, Orders};
use super::patience::Patience;
use super::requests::{Request, Requests};
use super::settle::{Fate, settle};
use super::thread_failure;
use crate::{OwnedQueue, Queue};

/// The thread that waits to be asked to stop, and then closes the queue.
///
/// It takes nothing out of the queue, shows nothing and never ends the program. The main thread
/// alone knows what was taken and is not shown yet, so the program ends when that thread returns.
pub(super) struct Shutdown {
    requests: Sender<Request>,
    mailbox: Sender<Mailbox>,
    fate: Receiver<Fate>,
}

impl Shutdown {
    /// Starts the thread. The queue is given to [`Shutdown::guard`].
    pub(super) fn spawn(
        sender: Sender<Request>,
        requests: Requests,
        orders: Orders,
    ) -> anyhow::Result<Shutdown> {
        let (mailbox, guarded) = mpsc::channel();
        let (tell_fate, fate) = mpsc::channel();
        let closer = Closer { requests, orders };
        thread::Builder::new()
            .spawn(move || closer.run(&guarded, &tell_fate))
            .map_err(|error| thread_failure(&error))?;
        Ok(Shutdown { requests: sender, mailbox, fate })
    }

    /// From here on, who asks the server to stop closes this queue.
    pub(super) fn guard(&self, mailbox: Mailbox) {
        // If the thread has ended all the same, the queue is left as it is.
        let _ = self.mailbox.send(mailbox);
    }

    /// Asks for it from inside.
    pub(super) fn request(&self) {
        // The receiver lives as long as the thread.
        let _ = self.requests.send(Request::Exit);
    }

    /// What became of the queue. To be asked once, when the main thread cannot go on.
    pub(super) fn fate(&self) -> Fate {
        let _ = self.requests.send(Request::Settle);
        self.fate.recv().unwrap_or(Fate::Stays)
    }
}

/// What the thread has.
struct Closer {
    requests: Requests,
    orders: Orders,
}

impl Closer {
    fn run(&self, guarded: &Receiver<Mailbox>, fate: &Sender<Fate>) {
        while let Ok(mailbox) = guarded.recv() {
            let mut patience = Patience::new();
            let end = self.close(mailbox, &mut patience);
            if matches!(end, Fate::Stays | Fate::TakenOver | Fate::Unclosable(_)) {
                self.orders.give(Order::TakeNoMore);
            }
            let may_get_another = matches!(end, Fate::Removed { .. });
            if fate.send(end).is_err() {
                return;
            }
            if !may_get_another {
                self.see_to_the_end(patience);
            }
        }
    }

    /// Waits for a request, and does with the queue what it says.
    fn close(&self, mailbox: Mailbox, patience: &mut Patience) -> Fate {
        let (request, shutting_down) = mailbox.watch_the_door(&self.requests);
        patience.begin();
        match request {
            Request::Stop | Request::Exit => self.drain(mailbox.queue, patience),
            Request::Quit => {
                patience.shorten();
                Fate::Stays
            }
            Request::Settle => match settle(&mailbox) {
                Fate::Removed { .. } => Fate::Removed { shutting_down },
                fate => fate,
            },
        }
    }

    // ANCHOR: drain
    /// Shuts the door. The main thread goes on until the queue is empty; the removal wakes it if
    /// it is asleep, and is the answer to its next call if it is not.
    fn drain(&self, queue: Queue, patience: &mut Patience) -> Fate {
        let (mut left, mut pause) = (usize::MAX, SHORTEST);
        let closed = OwnedQueue::new(queue).close_once_empty_unless(|status| {
            pause = if status.messages == left { longer(pause) } else { SHORTEST };
            left = status.messages;
            match self.requests.within(pause) {
                Some(Request::Quit) => {
                    patience.shorten();
                    return true;
                }
                // Nothing is lost by removing what is empty, whatever the main thread has met.
                Some(Request::Settle) => return status.messages > 0,
                Some(Request::Stop) => patience.shorten(),
                Some(Request::Exit) | None => {}
            }
            patience.is_over()
        });
        match closed {
            Ok(true) => Fate::Closed,
            Err(Errno::EINVAL | Errno::EIDRM) if left == 0 => Fate::Closed,
            Ok(false) => Fate::Stays,
            Err(Errno::EBUSY) => Fate::TakenOver,
            Err(Errno::EINVAL | Errno::EIDRM) => Fate::Removed { shutting_down: false },
            Err(errno) => Fate::Unclosable(errno),
        }
    }
    // ANCHOR_END: drain

    /// Wakes the main thread until it has ended, and tells it to show no more when somebody has
    /// asked again and a second is over.
    fn see_to_the_end(&self, mut patience: Patience) -> ! {
        let mut pause = SHORTEST;
        loop {
            self.orders.ring();
            if let Some(Request::Stop | Request::Quit) = self.requests.within(pause) {
                patience.shorten();
            }
            if patience.is_over() {
                self.orders.give(Order::ShowNoMore);
            }
            pause = longer(pause);
        }
    }
}

const SHORTEST: Duration = Duration::from_millis(1);
const LONGEST: Duration = Duration::from_millis(100);

fn longer(pause: Duration) -> Duration {
    (2 * pause).min(LONGEST)
}
