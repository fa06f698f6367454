//! In a container every process is one of a namespace of its own, and every new one begins with
//! number 1.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::FileExt;
use std::process::Command;

use ch01_key_setup::Key;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use support::{Running, until};

use crate::mailbox::Mailbox;
use crate::outward::{is_empty, ready, send};
use crate::{Broker, bridge, new_queue};

/// The program with this command line, as number 1 of a PID namespace. `None`, and a word about it,
/// where none can be had.
fn contained(command: &Command) -> Option<Command> {
    let unshare = |program: &Command| {
        let mut unshare = Command::new("unshare");
        unshare.args(["-Ur", "--pid", "--fork", "--kill-child", "--"]);
        unshare.arg(program.get_program()).args(program.get_args());
        unshare
    };
    let tried = unshare(&Command::new("true")).output();
    if tried.is_ok_and(|tried| tried.status.success()) {
        return Some(unshare(command));
    }
    eprintln!("skipped: no PID namespace can be had here");
    None
}

fn child(of: i32) -> i32 {
    let children = std::fs::read_to_string(format!("/proc/{of}/task/{of}/children"));
    children.expect("it runs").trim().parse().expect("it has one child")
}

/// Ends what runs in the namespace: `unshare` does not pass a signal on.
fn stop(unshare: &Running) {
    kill(Pid::from_raw(child(unshare.id())), Signal::SIGTERM).expect("it runs");
}

/// The processes of the dead namespace have no numbers in the next one. That nobody is seen there
/// does not mean that nobody has received.
#[test]
fn bridge_killed_while_taking_loses_nothing_when_the_next_is_in_another_pid_namespace() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        let Some(command) = contained(&bridge("out", key, &broker)) else {
            return room.remove(queue.id());
        };
        // The last container has received as well; this test stands for it.
        send(queue, 1, b"equal");
        crate::drain(queue);
        let running = ready(command);
        let mailbox = Mailbox::connect(&broker);
        send(queue, 1, b"equal");
        until("it to be taken", || is_empty(queue));
        stop(&running);
        running.finish().success();
        // As a kill would have left it: taken, and not noted.
        let name = format!("journal/{}.journal", Key::new(key).expect("not 0"));
        let journal = broker.folder().join(name);
        let journal: File = OpenOptions::new().write(true).open(journal).expect("it is ours");
        journal.write_all_at(&0_u64.to_ne_bytes(), 8).expect("it is ours");
        send(queue, 1, b"equal");

        let running = ready(contained(&bridge("out", key, &broker)).expect("as before"));
        until("it to be taken", || is_empty(queue));
        stop(&running);
        running.finish().success().stderr_has("messages in flight (1)");
        assert_eq!(mailbox.messages(), vec![(1, b"equal".to_vec()); 2]);
        room.remove(queue.id());
    });
}
