use super::*;
use ch01_key_setup::Key;
use nix::errno::Errno;
use nix::unistd::gettid;
use practice::{Room, alone, until};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use support::asleep_in_msg_call;

fn queue(room: &Room) -> Queue {
    let key = Key::new(room.key()).expect("a room's key is not 0");
    let queue = Queue::create_new(key, Mode::S_IRUSR | Mode::S_IWUSR).expect("a queue");
    room.watch(queue.id());
    queue
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

/// What your function returns for these lines.
#[track_caller]
fn ask(queue: Queue, lines: &[String]) -> nix::Result<usize> {
    let lines = lines.to_vec();
    let (number, thread) = start(move || {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        send_what_fits(&mut Sender::new(queue), &lines)
    });
    until(
        "your function to return: the queue is full, and it tries again and again to send what \
         does not fit",
        || thread.is_finished() || asleep_in_msg_call(number),
    );
    assert!(
        thread.is_finished(),
        "the queue is full and your function sleeps in msgsnd: it is never to wait"
    );
    thread.join().expect("no panic in your function")
}

#[test]
fn all_are_sent_if_there_is_room() {
    alone(|room| {
        let queue = queue(room);
        let lines = ["one", "two"].map(str::to_owned);
        assert_eq!(
            ask(queue, &lines),
            Ok(2),
            "there was room for both lines, and both were to be counted"
        );
        for line in lines {
            let arrived = practice::receive(queue.id()).map(|message| message.bytes);
            assert_eq!(
                arrived,
                Some(line.into_bytes()),
                "the lines are to arrive as they are, in their order"
            );
        }
        room.remove(queue.id());
    });
}

#[test]
fn what_does_not_fit_is_kept() {
    alone(|room| {
        let queue = queue(room);
        let mut lines: Vec<String> = ["a", "b", "c"].map(|letter| letter.repeat(8000)).into();
        lines.push("d".to_owned());
        let sent = ask(queue, &lines);
        assert!(
            sent != Err(Errno::EAGAIN),
            "the queue is full, and you call it an error (EAGAIN): the caller does not learn that two \
             lines were sent, and sends them twice"
        );
        let mut arrived = String::new();
        while let Some(message) = practice::receive(queue.id()) {
            arrived.extend(message.bytes.first().map(|byte| char::from(*byte)));
        }
        assert!(
            !arrived.contains('d'),
            "the third line did not fit, and the fourth was sent: it has overtaken the third"
        );
        assert_eq!(arrived, "ab", "two lines of 8,000 bytes fit");
        assert!(
            sent != Ok(lines.len()),
            "two lines were sent, and you count all four: the caller throws the rest away"
        );
        assert_eq!(sent, Ok(2), "two lines were sent");
        room.remove(queue.id());
    });
}

#[test]
fn other_errors_are_returned() {
    alone(|room| {
        let queue = queue(room);
        room.remove(queue.id());
        let sent = ask(queue, &["one".to_owned()]);
        assert!(
            sent.is_err(),
            "the queue has been removed, and you return {sent:?}: to you every error means \"full\", and \
             the caller will try for ever"
        );
        assert_eq!(sent, Err(Errno::EINVAL), "the queue has been removed");
    });
}
