use super::*;
use ch02_create::{Mode, Queue};
use ch03_structure::MessageType;
use ch05_receive::{Receiver, Select};
use practice::{alone, check, clear, fill, in_a_child, queue, receive, send, while_asleep};

#[path = "reply_predict/semaphore.rs"]
mod semaphore;
use semaphore::Semaphore;

/// Ends the process that calls it.
fn kill_yourself() {
    // SAFETY: both calls take numbers. The second does not return: SIGKILL cannot be handled.
    unsafe { libc::kill(libc::getpid(), libc::SIGKILL) };
}

#[test]
fn question_1_one_queue() {
    alone(|room| {
        let queue = queue(room);
        fill(queue);
        let mut sent = Ok(());
        let reply = MessageType::new(2).expect("a type");
        let woken = while_asleep(
            || Receiver::new(queue).recv(Select::Exactly(reply)).err(),
            |_| {
                sent = send(queue.id(), 2, b"the reply");
                room.remove(queue.id());
            },
        );
        assert_eq!(woken, Some(Errno::EIDRM), "no reply has come");
        let truth = sent.expect_err("the queue is full");
        let why = "A message is handed to a sleeper only if there is room for it in the queue: EAGAIN. So the \
                   server cannot answer, the client does not go on, and nobody takes a request out: a deadlock.";
        check("question 1", ONE_QUEUE, truth, why);
    });
}

#[test]
fn question_2_too_late() {
    alone(|room| {
        let queue = queue(room);
        room.remove(queue.id());
        let truth = send(queue.id(), 1, b"the reply").expect_err("the queue is gone");
        let why = "For whoever comes after the removal there is no queue with this ID: EINVAL. EIDRM is for those \
                   who are inside when it goes, so a server has to know both.";
        check("question 2", TOO_LATE, truth, why);
    });
}

#[test]
fn question_3_itself() {
    alone(|room| {
        let server = queue(room);
        send(server.id(), 1, b"a request that names this queue").expect("room for it");
        receive(server.id()).expect("the request");
        send(server.id(), 1, b"the answer").expect("room for it");
        let next = receive(server.id()).is_some_and(|message| message.bytes == b"the answer");
        room.remove(server.id());
        let why = "The kernel does not know who may talk to whom: a message in the server's queue is the next that \
                   the server receives, and it answers it, and so on. So it must refuse its own queue.";
        check("question 3", ITSELF, next, why);
    });
}

#[test]
fn question_4_killed() {
    alone(|room| {
        let pipe = nix::unistd::pipe().expect("a pipe");
        in_a_child(|| {
            let made = Queue::private(Mode::S_IRUSR | Mode::S_IWUSR).map_or(-1, Queue::id);
            let _ = nix::unistd::write(&pipe.1, &made.to_ne_bytes());
            kill_yourself();
        });
        let mut id = [0; size_of::<i32>()];
        nix::unistd::read(&pipe.0, &mut id).expect("the child has written it");
        let id = i32::from_ne_bytes(id);
        room.watch(id);
        let gone = !practice::is_there(room, id);
        clear(room);
        let why = "Private means that it has no key, and not that it belongs to a process. It is there until \
                   somebody removes it, and a system has room for 32,000 of them.";
        check("question 4", KILLED, gone, why);
    });
}

#[test]
fn question_5_sign() {
    alone(|_| {
        let semaphore = Semaphore::new();
        in_a_child(|| {
            semaphore.raise();
            kill_yourself();
        });
        let why = "What a process did with SEM_UNDO the kernel takes back when the process ends, whatever ends \
                   it: 0 again. That is why it can be a sign of life.";
        check("question 5", SIGN, semaphore.value(), why);
    });
}

#[test]
fn question_6_child() {
    alone(|_| {
        let semaphore = Semaphore::new();
        semaphore.raise();
        in_a_child(|| {});
        let why = "A forked child does not inherit what has to be taken back: its end changes nothing, and its \
                   parent lives. (An flock would still be held by the child when the parent is dead.)";
        check("question 6", CHILD, semaphore.value(), why);
    });
}
