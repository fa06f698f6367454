use super::*;
use ch01_key_setup::Key;
use nix::errno::Errno;
use nix::unistd::gettid;
use practice::{Room, alone, until};
use std::ffi::c_long;
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use support::asleep_in_msg_call;

const TEXT: &[u8] = b"hello there, it is me";

fn envelope() -> Envelope {
    let mut envelope = Envelope::with_capacity(100);
    envelope.fill(MessageType::ONE, TEXT);
    envelope
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

#[test]
fn message_arrives_as_it_is() {
    alone(|room| {
        let id = queue(room).id();
        let envelope = envelope();
        let sent = send(id, &envelope, false);
        assert!(
            sent.is_ok(),
            "the queue is empty, and you return {sent:?}: is the queue's id the first argument?"
        );
        let Some(arrived) = practice::receive(id) else {
            panic!("you return Ok, and the queue is empty: msgsnd has not been called");
        };
        let begin = TEXT.first_chunk().map(|word| c_long::from_ne_bytes(*word));
        assert!(
            Some(arrived.message_type) != begin,
            "the kernel took your text for the type: the pointer is to the begin of the message, \
             where the type is"
        );
        let (yours, right) = (arrived.bytes.len(), TEXT.len());
        assert!(
            yours != right + size_of::<c_long>(),
            "the kernel was told to send 8 bytes too many: does your size count the message type?"
        );
        assert!(
            yours != envelope.capacity(),
            "all the room in the envelope was sent, {yours} bytes, and the message has {right}: \
             what stood there before goes with it"
        );
        assert_eq!(yours, right, "the size that you give is not the message's");
        assert_eq!(arrived.message_type, 1, "another type arrived");
        assert_eq!(arrived.bytes, TEXT, "other bytes arrived");
        room.remove(id);
    });
}

#[test]
fn who_does_not_wait_is_told() {
    alone(|room| {
        let queue = queue(room);
        fill(queue);
        let (_, thread) = start(move || send(queue.id(), &envelope(), false));
        until(
            "your function to return: the queue is full and `wait` is false, and it waits all the \
             same; which flag forbids that?",
            || thread.is_finished(),
        );
        let sent = thread.join().expect("no panic in your function");
        assert!(
            sent.is_err(),
            "the queue is full, and you return Ok: nobody has looked at what msgsnd returned"
        );
        assert!(
            sent != Err(Errno::EPERM),
            "you return EPERM, which is number 1: -1 only says that the call has failed, and the \
             reason is in errno"
        );
        assert_eq!(
            sent,
            Err(Errno::EAGAIN),
            "the queue is full, and `wait` is false"
        );
        room.remove(queue.id());
    });
}

#[test]
fn who_waits_is_served() {
    alone(|room| {
        let queue = queue(room);
        fill(queue);
        let (number, thread) = start(move || send(queue.id(), &envelope(), true));
        until("your function to sleep in msgsnd, or to return", || {
            thread.is_finished() || asleep_in_msg_call(number)
        });
        if thread.is_finished() {
            let sent = thread.join().expect("no panic in your function");
            assert!(
                sent.is_err(),
                "the queue is full, and you return Ok without waiting: msgsnd has not been called"
            );
            panic!(
                "the queue is full and `wait` is true, and you do not wait: the flag is for the \
                 other case"
            );
        }
        practice::receive(queue.id()).expect("a message of 8,192 bytes");
        until("your function to return, as there is room now", || {
            thread.is_finished()
        });
        let sent = thread.join().expect("no panic in your function");
        assert_eq!(sent, Ok(()), "there was room in the end");
        room.remove(queue.id());
    });
}
