//! A thread and a channel: the four ways to ring and to send, three of which stick.

use std::fs;
use std::os::fd::AsFd;
use std::sync::mpsc::{self, Receiver as Messages, Sender as Gate, SyncSender};
use std::thread::{self, Scope};

use ch02_create::Queue;
use ch05_receive::{Receiver, Select};
use nix::poll::PollTimeout;
use nix::sys::eventfd::{EfdFlags, EventFd};
use support::until;

use super::{is_readable, send};
use crate::new_queue;

/// What the thread does with a message that it has taken.
type Deliver = fn(&Thread, &SyncSender<Vec<u8>>, Vec<u8>);

fn ring_then_send(thread: &Thread, channel: &SyncSender<Vec<u8>>, message: Vec<u8>) {
    thread.ring();
    thread.pause();
    channel.send(message).expect("the owner listens");
}

fn send_then_ring(thread: &Thread, channel: &SyncSender<Vec<u8>>, message: Vec<u8>) {
    channel.send(message).expect("the owner listens");
    thread.pause();
    thread.ring();
}

/// The thread's side of the bell.
struct Thread {
    bell: EventFd,
    /// Between the two steps the thread waits until the test lets it go on. It could be any other
    /// thing that keeps a thread from running for a moment.
    gate: Messages<()>,
}

impl Thread {
    fn ring(&self) {
        self.bell.write(1).expect("it has not rung often");
    }

    fn pause(&self) {
        self.gate.recv().expect("the test opens the gate");
    }
}

/// The owner's side.
struct Owner {
    messages: Messages<Vec<u8>>,
    bell: EventFd,
    gate: Gate<()>,
    thread: i32,
}

impl Owner {
    fn is_rung(&self) -> bool {
        is_readable(self.bell.as_fd(), PollTimeout::ZERO)
    }

    /// Waits for the ring, silences the bell and looks.
    fn look(&self) -> Option<Vec<u8>> {
        until("a ring", || self.is_rung());
        self.bell.read().expect("it has rung");
        self.messages.try_recv().ok()
    }

    /// Lets the thread go on, until it sleeps for want of something.
    fn open_the_gate(&self) {
        self.gate.send(()).expect("the thread waits for it");
        self.wait_until_the_thread_sleeps();
    }

    fn wait_until_the_thread_sleeps(&self) {
        let stat = format!("/proc/self/task/{}/stat", self.thread);
        until("the thread to sleep", || {
            fs::read_to_string(&stat).is_ok_and(|stat| stat.contains(") S "))
        });
    }
}

/// Starts the thread on a queue; it ends when the queue is removed.
fn start<'scope>(
    scope: &'scope Scope<'scope, '_>,
    queue: Queue,
    bound: usize,
    deliver: Deliver,
) -> Owner {
    let bell = EventFd::from_flags(EfdFlags::EFD_NONBLOCK).expect("there are descriptors");
    let same = bell.as_fd().try_clone_to_owned().expect("there are descriptors");
    // SAFETY: it is a copy of an eventfd's descriptor.
    let same = unsafe { EventFd::from_owned_fd(same) };
    let (channel, messages) = mpsc::sync_channel(bound);
    let (open, gate) = mpsc::channel();
    let (number, thread) = mpsc::channel();
    scope.spawn(move || {
        number.send(support::this_thread()).expect("the test waits for it");
        let thread = Thread { bell: same, gate };
        let mut receiver = Receiver::new(queue);
        while let Ok(message) = receiver.recv(Select::Any).map(|m| m.bytes().to_vec()) {
            deliver(&thread, &channel, message);
        }
    });
    let thread = thread.recv().expect("the thread has begun");
    Owner { messages, bell, gate: open, thread }
}

/// Runs a test on a queue with one message in it.
fn with_one_message(bound: usize, deliver: Deliver, test: impl FnOnce(&Owner)) {
    support::alone(|room| {
        let queue = new_queue(room);
        thread::scope(|scope| {
            let owner = start(scope, queue, bound, deliver);
            send(queue, 1, b"hello");
            test(&owner);
            room.remove(queue.id());
        });
    });
}

#[test]
fn rendezvous_and_ring_after_the_send_sticks() {
    with_one_message(0, send_then_ring, |owner| {
        until("the thread to take the message", || !support::asleep_in_msg_call(owner.thread));
        owner.wait_until_the_thread_sleeps();
        assert!(!owner.is_rung(), "send waits for the owner, and the owner for the ring");
        assert_eq!(owner.messages.recv(), Ok(b"hello".to_vec()), "it was there all the time");
        owner.open_the_gate();
    });
}

#[test]
fn rendezvous_and_ring_before_the_send_sticks() {
    with_one_message(0, ring_then_send, |owner| {
        assert_eq!(owner.look(), None, "nobody is at the rendezvous yet");
        owner.open_the_gate();
        assert!(!owner.is_rung(), "it has rung already, and will not again");
        assert_eq!(owner.messages.recv(), Ok(b"hello".to_vec()), "it is there now");
    });
}

#[test]
fn bound_of_1_and_ring_before_the_send_sticks() {
    with_one_message(1, ring_then_send, |owner| {
        assert_eq!(owner.look(), None, "it is not in the channel yet");
        owner.open_the_gate();
        assert!(!owner.is_rung(), "it has rung already, and will not again");
        assert_eq!(owner.messages.try_recv(), Ok(b"hello".to_vec()), "it is there now");
    });
}

#[test]
fn bound_of_1_and_ring_after_the_send_works() {
    with_one_message(1, send_then_ring, |owner| {
        owner.wait_until_the_thread_sleeps();
        owner.open_the_gate();
        assert_eq!(owner.look(), Some(b"hello".to_vec()));
    });
}
