//! Another program with an end of the queue, which can be killed.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use assert_cmd::cargo::cargo_bin;
use ch13_other_queues::{HandOver, Role};

/// `ch13 send` or `ch13 receive`; killed when this is dropped.
pub(crate) struct Peer(Child);

impl Peer {
    /// Sends each line that it is told to.
    pub(crate) fn sender<Q: HandOver>(end: &Q) -> Peer {
        Peer::start(end, "send", Role::Sender)
    }

    /// Prints what it receives.
    pub(crate) fn receiver<Q: HandOver>(end: &Q) -> Peer {
        Peer::start(end, "receive", Role::Receiver)
    }

    fn start<Q: HandOver>(end: &Q, verb: &str, role: Role) -> Peer {
        let mut command = Command::new(cargo_bin!("ch13"));
        command.args([verb, Q::NAME]).stdin(Stdio::piped()).stdout(Stdio::piped());
        end.give(&mut command, role).expect("it can be given");
        Peer(command.spawn().expect("the program is there"))
    }

    /// Has it send this text.
    pub(crate) fn send(&mut self, text: &str) {
        let stdin = self.0.stdin.as_mut().expect("it is a sender");
        writeln!(stdin, "{text}").expect("it reads its input");
    }

    /// Waits for the line that it prints next.
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        let stdout = self.0.stdout.as_mut().expect("it is a receiver");
        BufReader::with_capacity(1, stdout).read_line(&mut line).expect("it prints text");
        line
    }

    pub(crate) fn id(&self) -> i32 {
        self.0.id().try_into().expect("process IDs are small")
    }

    /// Kills it, with SIGKILL, and waits until it is gone.
    pub(crate) fn kill(&mut self) {
        self.0.kill().expect("it is ours");
        self.0.wait().expect("it is ours");
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.kill();
    }
}
