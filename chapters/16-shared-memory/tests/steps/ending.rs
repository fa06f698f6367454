//! What ends the server, and what does not.

use std::process::Command;

use nix::sys::signal::Signal;
use support::Running;

use crate::{Name, ch16};

#[test]
fn signal_that_was_ignored_at_the_start_does_not_end_the_server() {
    support::alone(|_| {
        for (ignored, number) in [("HUP", Signal::SIGHUP), ("INT", Signal::SIGINT)] {
            let name = Name::new();
            // As `nohup` starts it, and a script with `&`.
            let mut shell = Command::new("sh");
            let script = format!("trap '' {ignored}; exec \"$0\" server \"$1\"");
            shell.args(["-c", &script]).arg(ch16(&[]).get_program()).arg(&name.0);
            let mut server = Running::start(shell);
            server.wait_for_line("Server: Message queue created. Waiting for messages...");
            server.signal(number);
            let mut client = Running::start(ch16(&["client", &name.0]));
            client.write("are you there?\n");
            client.finish().success();
            server.wait_for_line("Server received: are you there?");
            server.signal(Signal::SIGTERM);
            server.finish().success();
        }
    });
}
