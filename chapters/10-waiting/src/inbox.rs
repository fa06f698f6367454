//! A queue that poll can wait for.

use std::os::fd::{AsFd, AsRawFd, BorrowedFd, RawFd};
use std::sync::Arc;

use ch02_create::Queue;
use ch03_structure::{Envelope, MessageType};
use ch05_receive::{Message, Receiver, Select};
use nix::errno::Errno;

use crate::doorbell::Doorbell;
use crate::sleeper::Sleeper;

/// Takes messages out of one queue, and has a descriptor that is readable when one may be there.
///
/// A thread sleeps in msgrcv(2) for you and rings when a message comes. It reads nothing ahead: the
/// message stays in the queue until [`Inbox::try_recv`] takes it.
///
/// ```
/// use ch02_create::{Mode, Queue};
/// use ch03_structure::MessageType;
/// use ch04_send::Sender;
/// use ch05_receive::Select;
/// use ch10_waiting::Inbox;
/// use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
/// use std::os::fd::AsFd;
///
/// # fn example(room: &support::Room) -> nix::Result<()> {
/// let queue = Queue::private(Mode::S_IRUSR | Mode::S_IWUSR)?;
/// # room.watch(queue.id());
/// let mut inbox = Inbox::new(queue, Select::Any)?;
/// assert!(inbox.try_recv()?.is_none()); // nothing yet: from now on the bell is armed
///
/// Sender::new(queue).send(MessageType::ONE, b"hello\0")?;
/// // Beside sockets, pipes and whatever else has a descriptor:
/// poll(&mut [PollFd::new(inbox.as_fd(), PollFlags::POLLIN)], PollTimeout::NONE)?;
/// assert_eq!(inbox.try_recv()?.map(|message| message.bytes()), Some(&b"hello\0"[..]));
///
/// assert_eq!(inbox.stop()?, None); // nothing was in its hands
/// # room.remove(queue.id());
/// # Ok(())
/// # }
/// # support::alone(|room| example(room).unwrap());
/// ```
///
/// # Limits
///
/// The ring says that there *was* a message; another receiver may take it first. Several inboxes
/// of one queue are all rung for each message, and one of them finds it. No order is promised among
/// several receivers: an empty message that the thread has taken is seen when its owner looks, and
/// the others have gone on meanwhile. A process that is killed loses what `try_recv` has returned
/// and, at most, one empty message.
///
/// An inbox does not survive fork(2): the child has no such thread.
#[derive(Debug)]
pub struct Inbox {
    receiver: Receiver,
    select: Select,
    doorbell: Arc<Doorbell>,
    /// An empty message, which is the only one that the thread takes.
    empty: Envelope,
    sleeper: Sleeper,
}

impl Inbox {
    /// An inbox for the messages of this queue that `select` wants.
    ///
    /// # Errors
    ///
    /// `EBUSY`: somebody else handles [`alarm_signal`](crate::alarm_signal) in this program.
    /// `EMFILE`, `ENFILE`: there are no more descriptors. `EAGAIN`: no more threads. Whether the
    /// queue exists and can be read is first seen by [`Inbox::try_recv`].
    pub fn new(queue: Queue, select: Select) -> nix::Result<Inbox> {
        let doorbell = Arc::new(Doorbell::new()?);
        let shared = Arc::clone(&doorbell);
        let sleeper =
            Sleeper::start(format!("inbox {}", queue.id()), move || shared.run(queue, select))?;
        let (receiver, empty) = (Receiver::new(queue), Envelope::new());
        Ok(Inbox { receiver, select, doorbell, empty, sleeper })
    }

    // ANCHOR: try-recv
    /// Takes one message out, if the bell has rung and there still is one.
    ///
    /// Call it when the descriptor is readable; that stays so until the answer is `None`. Then the
    /// thread waits for the next message, and until it rings the answer is `None` again: so nothing
    /// can be forgotten, and one receiver alone gets the messages in their order.
    ///
    /// `None` though it has rung is no mistake: another receiver was faster.
    ///
    /// # Errors
    ///
    /// As for [`Receiver::try_recv`]; `EIDRM` if the thread slept when the queue was removed. An
    /// error is not the end: the descriptor stays readable (edge-triggered epoll does not say it
    /// again), and the next call tries again. `ECHILD`: this is a forked child, in which the thread
    /// does not exist.
    pub fn try_recv(&mut self) -> nix::Result<Option<Message<'_>>> {
        if !self.sleeper.is_mine() {
            return Err(Errno::ECHILD);
        }
        let Some(found) = self.doorbell.answer() else {
            return Ok(None);
        };
        if let Some(message_type) = found? {
            self.empty.fill(message_type, b"");
            return Ok(Some(Message::from(&self.empty)));
        }
        let message = self.receiver.try_recv(self.select)?;
        if message.is_none() {
            self.doorbell.arm();
        }
        Ok(message)
    }
    // ANCHOR_END: try-recv

    /// What the thread has had to take: an empty message, as its type.
    ///
    /// For an owner that looks at the queue by other means, such as [`Receiver::peek`], and takes
    /// nothing out by [`Inbox::try_recv`]. What is in hand is older than all that is in the queue.
    ///
    /// # Errors
    ///
    /// `EIDRM`, `EINVAL`: the queue has been removed. `EACCES`: it may not be read. `ECHILD`: as
    /// for [`Inbox::try_recv`].
    pub fn in_hand(&mut self) -> nix::Result<Option<MessageType>> {
        if !self.sleeper.is_mine() {
            return Err(Errno::ECHILD);
        }
        self.doorbell.answer().unwrap_or(Ok(None))
    }

    /// Goes back to waiting, for the same owner: it has found the queue empty. If there is a message
    /// after all, the bell rings again.
    ///
    /// False: [`Inbox::in_hand`] has something to say first.
    #[must_use = "when it is false, nobody waits"]
    pub fn wait_again(&mut self) -> bool {
        self.sleeper.is_mine() && self.doorbell.arm_if_silent()
    }

    /// Ends the thread and returns what it has in hand: at most one empty message, as its type.
    ///
    /// It is not put back into the queue, where another may have taken its room. Dropping an inbox
    /// ends the thread as well, and loses that message.
    ///
    /// # Errors
    ///
    /// `EBUSY`: somebody else has begun to handle the signal that would wake the thread. `ENOMEM`:
    /// no signal gets through, for this user has as many pending ones as are allowed
    /// (`RLIMIT_SIGPENDING`). The thread sleeps on then, and ends with the next message, which is
    /// lost if it is empty, or with the queue. `ECHILD`: as for [`Inbox::try_recv`].
    pub fn stop(mut self) -> nix::Result<Option<MessageType>> {
        self.end()?;
        // An error of its last wait is of no interest any more.
        Ok(self.doorbell.answer().and_then(Result::ok).flatten())
    }

    fn end(&mut self) -> nix::Result<()> {
        if self.sleeper.is_mine() {
            self.doorbell.stop();
        }
        self.sleeper.end(|time| self.doorbell.has_ended_within(time))
    }

    /// The queue that this inbox takes messages out of.
    #[must_use]
    pub fn queue(&self) -> Queue {
        self.receiver.queue()
    }
}

impl Drop for Inbox {
    fn drop(&mut self) {
        // Nobody is left to be told; a thread that cannot be woken is left asleep.
        let _ = self.end();
    }
}

/// Readable when [`Inbox::try_recv`] has something to say. For poll and epoll, nothing else.
impl AsFd for Inbox {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.doorbell.as_fd()
    }
}

impl AsRawFd for Inbox {
    fn as_raw_fd(&self) -> RawFd {
        self.as_fd().as_raw_fd()
    }
}
