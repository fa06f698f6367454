//! The inbox: a queue that poll can wait for.

mod copying;
mod program;
mod races;
mod reading_ahead;
mod ring_and_send;
mod serve;
mod sharing;
mod stopping;
mod taking;

use std::ffi::c_long;
use std::fs;
use std::os::fd::{AsFd, BorrowedFd};

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::{Message, Select};
use ch10_waiting::Inbox;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use support::{asleep_in_msg_call, until};

/// Waits until the descriptor is readable. The watchdog cannot interrupt this, so it ends by
/// itself.
fn wait_for_ring(inbox: &Inbox) {
    assert!(is_readable(inbox.as_fd(), PollTimeout::from(20_000_u16)), "nothing rang for 20 s");
}

fn is_ringing(inbox: &Inbox) -> bool {
    is_readable(inbox.as_fd(), PollTimeout::ZERO)
}

fn is_readable(descriptor: BorrowedFd<'_>, timeout: PollTimeout) -> bool {
    poll(&mut [PollFd::new(descriptor, PollFlags::POLLIN)], timeout).expect("poll works") == 1
}

/// Waits until the thread is asleep in msgrcv: the descriptor is silent, and what is sent now rings.
fn wait_until_armed(inbox: &Inbox) {
    until("the inbox's thread to sleep in msgrcv", || {
        thread_of(inbox).is_some_and(asleep_in_msg_call)
    });
}

/// The thread of an inbox of this thread's namespace, by its name.
fn thread_of(inbox: &Inbox) -> Option<i32> {
    let name = format!("inbox {}", inbox.queue().id());
    let name = &name[..name.len().min(15)]; // all that Linux keeps
    let namespace = |task: &str| fs::read_link(format!("/proc/self/task/{task}/ns/ipc")).ok();
    let here = fs::read_link("/proc/thread-self/ns/ipc").ok();
    let tasks = fs::read_dir("/proc/self/task").expect("/proc is mounted");
    let mut tasks = tasks.filter_map(|task| task.ok()?.file_name().into_string().ok());
    let found = tasks.find(|task| {
        let comm = fs::read_to_string(format!("/proc/self/task/{task}/comm"));
        comm.is_ok_and(|comm| comm.trim_end() == name) && namespace(task) == here
    });
    found.and_then(|task| task.parse().ok())
}

fn send(queue: Queue, message_type: i16, bytes: &[u8]) {
    let message_type = MessageType::new(message_type.into()).expect("a type is at least 1");
    Sender::new(queue).try_send(message_type, bytes).expect("there is room");
}

/// The type and the bytes, to be compared.
fn read(message: Message<'_>) -> (c_long, Vec<u8>) {
    (message.message_type().raw(), message.bytes().to_vec())
}

/// Takes what there is now, until `None`, which arms the bell.
fn take_all(inbox: &mut Inbox) -> Vec<(c_long, Vec<u8>)> {
    let mut all = Vec::new();
    while let Some(message) = inbox.try_recv().expect("the queue is ours") {
        all.push(read(message));
    }
    all
}

/// An inbox on an empty queue whose thread waits for the first message.
fn armed(queue: Queue, select: Select) -> Inbox {
    let mut inbox = Inbox::new(queue, select).expect("a thread can be started");
    assert_eq!(take_all(&mut inbox), []);
    wait_until_armed(&inbox);
    inbox
}
