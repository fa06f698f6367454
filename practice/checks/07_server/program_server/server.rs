//! A server at work, and what is on its screen.

use super::*;
use practice::{Room, Worker, count, queue, send, until};
use std::ffi::c_long;
use std::io::BufWriter;
use std::sync::{Arc, Mutex};
use support::caught;

/// What is on the screen: written, and flushed.
#[derive(Clone, Default)]
pub(super) struct Screen(Arc<Mutex<Vec<u8>>>);

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut text = self.0.lock().expect("no panic under this lock");
        text.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What your server returns, or what its panic says.
pub(super) type Ended = Result<io::Result<End>, String>;

/// Your server at work, behind a buffer as standard output has it when it is a file.
pub(super) struct Server {
    pub(super) queue: Queue,
    pub(super) screen: Screen,
    pub(super) worker: Worker<Ended>,
}

impl Server {
    pub(super) fn start(room: &Room) -> Server {
        Server::start_with(room, &[])
    }

    /// Starts it with these messages in its queue.
    pub(super) fn start_with(room: &Room, messages: &[(c_long, &[u8])]) -> Server {
        let queue = queue(room);
        for (message_type, bytes) in messages {
            send(queue.id(), *message_type, bytes).expect("room for it");
        }
        let screen = Screen::default();
        let output = screen.clone();
        let worker = Worker::start(move || caught(|| serve(queue, &mut BufWriter::new(output))));
        Server { queue, screen, worker }
    }

    pub(super) fn send(&self, message_type: c_long, bytes: &[u8]) {
        let sent = send(self.queue.id(), message_type, bytes);
        if let Err(errno) = sent {
            panic!(
                "a message cannot be sent any more ({errno}): has your server removed the queue, or filled it?"
            );
        }
    }

    pub(super) fn lines(&self) -> Vec<String> {
        let text = self.screen.0.lock().expect("no panic under this lock");
        String::from_utf8_lossy(&text).lines().map(str::to_owned).collect()
    }

    /// Ends your server with an exit, as it would go on without a queue if it takes every error for
    /// nothing.
    pub(super) fn stop(self, room: &Room) {
        if !self.worker.has_ended() {
            self.send(1, b"exit\0");
            until("your server to end: somebody has said exit", || self.worker.has_ended());
        }
        practice::clear(room);
    }

    /// What your server has ended with.
    pub(super) fn ended(self) -> Ended {
        let ended = self.worker.result();
        ended.unwrap_or_else(|| Err("its thread has been unwound".to_owned()))
    }

    pub(super) fn left(&self, room: &Room) -> Option<u64> {
        count(room, self.queue.id())
    }

    /// Until your server waits for more, or has ended, which it is not to do.
    #[track_caller]
    pub(super) fn idle(&self, room: &Room) {
        until(
            "your server to fall asleep in msgrcv: nothing is left to print, and it asks again and again, or waits \
             for something else",
            || {
                assert!(
                    !self.worker.is_spinning(),
                    "nothing is left to print, and your server asks again and again, which keeps a processor busy: \
                     `recv` waits in the kernel"
                );
                assert!(
                    !self.worker.is_sleeping(),
                    "your server sleeps for a while, by itself, and asks again: it burns time when nothing comes, \
                     and is late when something does. `recv` waits in the kernel"
                );
                self.worker.has_ended() || self.worker.waits()
            },
        );
        if !self.worker.has_ended() {
            assert!(
                self.left(room) == Some(0),
                "your server waits, and a message is in its queue: it asks for some types and not for others, and \
                 what is left stays there forever"
            );
        }
    }

    /// The lines that these messages have become, while your server waits for more.
    #[track_caller]
    pub(super) fn prints(self, room: &Room, messages: &[(c_long, &[u8])]) -> Vec<String> {
        for (number, (message_type, bytes)) in messages.iter().enumerate() {
            self.idle(room);
            if self.worker.has_ended() {
                self.ended_too_early(number);
            }
            self.send(*message_type, bytes);
        }
        // A server that has not begun to wake up is still asleep.
        until("your server to take the message", || {
            self.worker.has_ended() || self.left(room) == Some(0)
        });
        self.idle(room);
        if self.worker.has_ended() {
            self.ended_too_early(messages.len());
        }
        let lines = self.lines();
        assert!(
            lines.len() >= messages.len(),
            "your server has taken {} messages, sleeps, and shows {} lines: either it prints nothing for some of them, or \
             what is printed stays in the buffer until somebody flushes it",
            messages.len(),
            lines.len()
        );
        lines
    }

    #[track_caller]
    pub(super) fn ended_too_early(self, after: usize) -> ! {
        match self.ended() {
            Err(said) => panic!(
                "your server panics at message {after}: whoever may write to the queue can stop it with such a one. \
                 It says: {said}"
            ),
            Ok(Ok(end)) => panic!(
                "your server has ended at message {after} ({end:?}), and nobody has said exit"
            ),
            Ok(Err(error)) => panic!(
                "your server has given up at message {after} ({error}): a stranger can stop it with such a one"
            ),
        }
    }
}
