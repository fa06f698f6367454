use super::*;
use ch02_create::Queue;
use nix::errno::Errno;
use practice::{Worker, alone, queue, until};

/// What your function returns for these lines.
#[track_caller]
fn ask(queue: Queue, lines: &[String]) -> nix::Result<usize> {
    let lines = lines.to_vec();
    let worker = Worker::start(move || {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        send_what_fits(&mut Sender::new(queue), &lines)
    });
    until(
        "your function to return: the queue is full, and it tries again and again to send what \
         does not fit",
        || worker.has_ended() || worker.waits(),
    );
    assert!(
        worker.has_ended(),
        "the queue is full and your function sleeps in msgsnd: it is never to wait"
    );
    worker.result().expect("no panic in your function")
}

#[test]
fn all_lines_are_sent_if_there_is_room() {
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
fn lines_that_do_not_fit_are_left() {
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
