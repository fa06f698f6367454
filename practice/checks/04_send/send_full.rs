use super::*;
use ch02_create::Queue;
use nix::errno::Errno;
use practice::{
    Call, Worker, alone, edges, errnos, failing, fill, queue, send, set_capacity, until, yours,
};

/// What your function returns for these lines.
#[track_caller]
fn ask(queue: Queue, lines: &[String]) -> nix::Result<usize> {
    let lines = lines.to_vec();
    let what = format!("{} lines", lines.len());
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
        "the queue is full and your function sleeps in msgsnd: it must never wait"
    );
    worker.returned(what)
}

/// What is in the queue must be these lines, in their order, each of type 1.
#[track_caller]
fn arrived(queue: Queue, lines: &[String]) {
    for line in lines {
        let Some(message) = practice::receive(queue.id()) else {
            panic!("you did not send {line:?}, and there was room for it");
        };
        assert!(
            message.bytes == line.as_bytes(),
            "the lines must arrive as they are, in their order: {line:?} was due, and \"{}\" came",
            message.bytes.escape_ascii()
        );
        assert!(
            message.message_type == 1,
            "{line:?} arrived with the type {}, and every line must have the type 1: the queue keeps \
             the order by itself",
            message.message_type
        );
    }
    assert!(
        practice::receive(queue.id()).is_none(),
        "after the lines there is another message: each line is sent once"
    );
}

#[test]
fn all_lines_are_sent_if_there_is_room() {
    alone(|room| {
        let queue = queue(room);
        let mut tables = vec![vec!["one".to_owned(), "two".to_owned()], vec![]];
        tables.push(edges::texts().into_iter().map(|(_, line)| line).collect());
        tables.push((0..100).map(|number| number.to_string()).collect());
        for lines in tables {
            let sent = ask(queue, &lines);
            assert!(
                sent == Ok(lines.len()),
                "there was room for all {} lines, and all must be counted: you return {sent:?}",
                lines.len()
            );
            arrived(queue, &lines);
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
        assert!(arrived == "ab", "two lines of 8,000 bytes fit, and {} arrived", arrived.len());
        assert!(
            sent != Ok(lines.len()),
            "two lines were sent, and you count all four: the caller throws the rest away"
        );
        assert!(sent == Ok(2), "two lines were sent, and you return {sent:?}");
        room.remove(queue.id());
    });
}

#[test]
fn full_queue_takes_no_line() {
    alone(|room| {
        // Full already; and full after three lines, by their number and not by their bytes.
        let (full, narrow) = (queue(room), queue(room));
        fill(full);
        let sent = ask(full, &["one".to_owned()]);
        assert!(
            sent != Ok(1),
            "the queue was full before the first line, and you count a line that was not sent"
        );
        assert!(
            sent == Ok(0),
            "the queue was full before the first line, which is 0 lines sent and not an error: you \
             return {sent:?}"
        );
        set_capacity(narrow, 5);
        send(narrow.id(), 9, b"xx").expect("room for it");
        let lines = ["a", "b", "", "", ""].map(str::to_owned);
        let sent = ask(narrow, &lines);
        assert!(
            sent == Ok(4),
            "there is room for four more messages, and you return {sent:?}: the capacity of the queue \
             is another one here, and only the kernel knows when it is full"
        );
        practice::receive(narrow.id());
        arrived(narrow, &lines[..4]);
        practice::clear(room);
    });
}

#[test]
fn other_errors_are_returned() {
    alone(|room| {
        let queue = queue(room);
        // A call that does not wait is not interrupted.
        let meant = [Errno::EAGAIN, Errno::EINTR];
        for (nth, errno) in errnos::at_steps(3, &errnos::SEND, &meant) {
            let is_send = |call| matches!(call, Call::Send(..));
            let sent = yours("an error of msgsnd", || {
                failing(is_send, nth, errno, || {
                    send_what_fits(&mut Sender::new(queue), &["one", "two", "three"])
                })
            });
            let before = nth - 1;
            // None if there was no such call, and other tests say that.
            assert!(
                sent != Some(Ok(before)) || before == 0,
                "line {nth} has failed with {errno:?}, and you return Ok({before}), the lines before it: \
                 nobody will know of the error"
            );
            assert!(
                sent.is_none_or(|sent| sent.is_err()),
                "line {nth} has failed with {errno:?}, and you return {sent:?}: to you every error means \
                 \"full\", and the caller will try forever"
            );
            assert!(
                sent.is_none_or(|sent| sent == Err(errno)),
                "line {nth} has failed with {errno:?}, and you return {sent:?}: hand it on as it is"
            );
            while practice::receive(queue.id()).is_some() {}
        }
        room.remove(queue.id());
        let sent = ask(queue, &["one".to_owned()]);
        assert!(
            sent == Err(Errno::EINVAL),
            "the queue has been removed, which is EINVAL, and you return {sent:?}"
        );
    });
}
