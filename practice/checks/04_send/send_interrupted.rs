use super::*;
use ch01_key_setup::Key;
use nix::errno::Errno;
use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, sigaction};
use nix::unistd::gettid;
use practice::{Room, alone, until};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use support::asleep_in_msg_call;

static HANDLED: AtomicUsize = AtomicUsize::new(0);

extern "C" fn window_changed(_: i32) {
    HANDLED.fetch_add(1, Ordering::SeqCst);
}

fn queue(room: &Room) -> Queue {
    let key = Key::new(room.key()).expect("a room's key is not 0");
    let queue = Queue::create_new(key, Mode::S_IRUSR | Mode::S_IWUSR).expect("a queue");
    room.watch(queue.id());
    queue
}

/// Fills the queue to the last byte.
fn fill(queue: Queue) {
    for _ in 0..2 {
        practice::send(queue.id(), 9, &[b'x'; 8192]).expect("room for two of them");
    }
}

/// Your function, in a thread of its own; and that thread's number.
fn start<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> (i32, JoinHandle<T>) {
    let (tell, told) = mpsc::channel();
    let thread = thread::spawn(move || {
        tell.send(gettid().as_raw()).expect("the test listens");
        work()
    });
    (told.recv().expect("the thread has begun"), thread)
}

/// Your function, which waits for room in a full queue.
#[track_caller]
fn waiting(queue: Queue) -> (i32, JoinHandle<nix::Result<()>>) {
    fill(queue);
    let (number, thread) = start(move || send_whatever_comes(&mut Sender::new(queue), b"hello\0"));
    until(
        "your function to sleep in msgsnd until there is room: does it try and sleep by itself \
         instead?",
        || thread.is_finished() || asleep_in_msg_call(number),
    );
    assert!(
        !thread.is_finished(),
        "the queue is full, and your function returns at once: it is to wait"
    );
    (number, thread)
}

#[test]
fn signal_does_not_lose_the_message() {
    alone(|room| {
        let handler = SigHandler::Handler(window_changed);
        let action = SigAction::new(handler, SaFlags::SA_RESTART, SigSet::empty());
        // SAFETY: the handler does nothing but add to an atomic number.
        unsafe { sigaction(Signal::SIGWINCH, &action) }.expect("a handler");
        let queue = queue(room);
        let (number, thread) = waiting(queue);
        for round in 1..=2 {
            // SAFETY: tgkill takes three numbers. It touches no memory of ours.
            unsafe { libc::syscall(libc::SYS_tgkill, libc::getpid(), number, libc::SIGWINCH) };
            until("the signal to be handled", || {
                HANDLED.load(Ordering::SeqCst) >= round
            });
            until(
                "your function to sleep in msgsnd again, or to return",
                || thread.is_finished() || asleep_in_msg_call(number),
            );
            if thread.is_finished() {
                break;
            }
        }
        if thread.is_finished() {
            let sent = thread.join().expect("no panic in your function");
            let rounds = HANDLED.load(Ordering::SeqCst);
            assert!(
                rounds < 2,
                "you call again after the first signal, and not after the second: how often may one come?"
            );
            assert!(
                sent.is_err(),
                "a signal came (EINTR), and you return Ok: nothing has been sent, and nobody will know"
            );
            panic!("a signal came, and you give up ({sent:?}): nothing has been sent, call again");
        }
        practice::receive(queue.id()).expect("a message of 8,192 bytes");
        until("your function to return, as there is room now", || {
            thread.is_finished()
        });
        let sent = thread.join().expect("no panic in your function");
        assert_eq!(sent, Ok(()), "there was room in the end");
        practice::receive(queue.id()).expect("the other message of 8,192 bytes");
        let arrived = practice::receive(queue.id()).map(|message| message.bytes);
        assert_eq!(
            arrived.as_deref(),
            Some(&b"hello\0"[..]),
            "the message that waited is to arrive"
        );
        assert_eq!(practice::receive(queue.id()), None, "it arrives once");
        room.remove(queue.id());
    });
}

#[test]
fn removal_ends_the_wait() {
    alone(|room| {
        let queue = queue(room);
        let (_, thread) = waiting(queue);
        room.remove(queue.id());
        until(
            "your function to return, as the queue has been removed: does it call again after every \
             error?",
            || thread.is_finished(),
        );
        let sent = thread.join().expect("no panic in your function");
        assert!(
            sent.is_err(),
            "the queue was removed while your function waited (EIDRM), and you return Ok: the \
             message is nowhere"
        );
        assert_eq!(
            sent,
            Err(Errno::EIDRM),
            "the queue was removed while your function waited: hand the reason on as it is"
        );
    });
}
