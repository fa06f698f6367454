//! A server in a process of its own, which can be held up.

use super::*;
use ch06_cleanup::Status;
use nix::sys::signal::Signal;
use practice::{
    Room, program_is_sleeping, program_is_waiting, queue, role, send, start_again, until,
};
use std::ffi::c_long;
use std::io::BufRead;
use std::os::unix::process::ExitStatusExt;
use std::process;
use support::Running;

/// A terminal that holds the server up once: at its first "line", its first "flush", or behind the
/// line of an "exit".
pub(super) struct Terminal {
    pub(super) hold: String,
    pub(super) written: Vec<u8>,
}

impl Terminal {
    /// Tells the test that the server is here, and waits until it closes our input.
    pub(super) fn hold_up(&mut self, at: &str) {
        if self.hold == at || (self.hold == "exit" && self.written.ends_with(b"exit\n")) {
            self.hold.clear();
            println!("held up");
            let _ = io::stdin().lock().read_line(&mut String::new());
        }
    }
}

impl Write for Terminal {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.hold_up("line");
        self.written.extend_from_slice(bytes);
        io::stderr().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.hold_up("flush");
        Ok(())
    }
}

/// In the process that `Server::start` has started, this is your server, and it does not return.
pub(super) fn be_the_server() {
    let Some(role) = role() else { return };
    let mut words = role.split(' ');
    let id = words.next().and_then(|id| id.parse().ok());
    let mut terminal =
        Terminal { hold: words.next().unwrap_or_default().to_owned(), written: Vec::new() };
    let queue = OwnedQueue::new(Queue::from_id(id.expect("a queue's id")));
    match serve(queue, &mut terminal) {
        Ok(()) => process::exit(0),
        Err(error) => {
            eprintln!("it says: {error}");
            process::exit(1);
        }
    }
}

/// Your server, in a process of its own.
pub(super) struct Server {
    pub(super) queue: Queue,
    pub(super) program: Running,
}

impl Server {
    /// Starts it with these messages in its queue. `hold` is where it is held up, if anywhere.
    pub(super) fn start(room: &Room, messages: &[&str], hold: &str) -> Server {
        let messages: Vec<_> = messages.iter().map(|text| (1, text.as_bytes())).collect();
        Server::start_with(room, &messages, hold)
    }

    /// The same, with messages of any type and any bytes.
    pub(super) fn start_with(room: &Room, messages: &[(c_long, &[u8])], hold: &str) -> Server {
        let queue = queue(room);
        for (message_type, bytes) in messages {
            send(queue.id(), *message_type, bytes).expect("room for it");
        }
        let program = start_again(&format!("{} {hold}", queue.id()));
        Server { queue, program }
    }

    /// Until your server is held up, or has ended.
    pub(super) fn is_held_up(&self) {
        until("your server to print what is in its queue", || {
            self.program.has_exited() || self.program.stdout_so_far().contains("held up")
        });
    }

    /// Until the door is shut, while your server is held up, with what is left in the queue still
    /// there. `why` the door must be shut.
    #[track_caller]
    pub(super) fn shuts_the_door(&mut self, why: &str) {
        let door = format!("the door to be shut (capacity 0): {why}");
        until(&door, || self.is_stopping());
        if !self.program.has_exited() {
            self.keeps_the_queue();
            self.program.close_stdin();
        }
    }

    #[track_caller]
    pub(super) fn keeps_the_queue(&self) {
        assert!(
            self.is_there(),
            "your server has been asked to stop, and the queue was removed with messages in it: first they have to \
             be printed, and that takes as long as it takes"
        );
    }

    /// Whether your server has shut the door, or has ended.
    pub(super) fn is_stopping(&self) -> bool {
        let status = Status::of(self.queue);
        self.program.has_exited() || status.map_or(true, |status| status.capacity == 0)
    }

    /// Until your server has nothing to print and sleeps, or is stopping.
    #[track_caller]
    pub(super) fn is_idle(&self, room: &Room) {
        until("your server to sleep in msgrcv: there is nothing to print", || {
            assert!(
                !program_is_sleeping(&self.program) || self.is_stopping(),
                "your server looks, sleeps for a while, and looks again: wait in msgrcv, and let the removal of the \
                 queue wake you"
            );
            let nothing_left =
                practice::count(room, self.queue.id()).is_none_or(|count| count == 0);
            self.is_stopping() || (nothing_left && program_is_waiting(&self.program))
        });
    }

    pub(super) fn is_there(&self) -> bool {
        Status::of(self.queue).is_ok()
    }

    /// Until your server has ended, as it must; returns the lines it has printed. `why` it must
    /// end.
    #[track_caller]
    pub(super) fn end(self, room: &Room, signal: Signal, why: &str) -> Vec<String> {
        until(why, || self.program.has_exited());
        let there = self.is_there();
        let left = Status::of(self.queue).map_or(0, |status| status.messages);
        if there {
            room.remove(self.queue.id());
        }
        let left = match left {
            1 => "1 message".to_owned(),
            other => format!("{other} messages"),
        };
        let finished = self.program.finish();
        let said = finished.stderr_text().into_owned();
        let killed = finished.status.signal();
        assert!(
            killed != Some(signal as i32),
            "{signal} has killed your server where it stood, and its queue is left behind with {left}: block the \
             signals before a thread is started, and they wait for somebody to take them; and leave them blocked, as \
             a second one may come"
        );
        assert!(
            killed.is_none(),
            "your server was ended by a signal that nobody has sent it from outside ({killed:?}). {said}"
        );
        assert!(
            !there,
            "your server has ended, and its queue is still there, with {left} in it: nobody has removed it"
        );
        assert!(
            finished.status.success(),
            "your server has removed its queue and ends with a failure: that the queue is gone is how the thread \
             that prints learns of the end. {said}"
        );
        let lines = said.lines().filter_map(|line| line.strip_prefix("Server received: "));
        lines.map(str::to_owned).collect()
    }
}
