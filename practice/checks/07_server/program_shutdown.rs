use super::*;
use nix::sys::signal::Signal;
use practice::{alone, is_pending, until};
use server::{Server, be_the_server};

#[path = "program_shutdown/exit.rs"]
mod exit;
#[path = "program_shutdown/more.rs"]
mod more;
#[path = "program_shutdown/server.rs"]
mod server;

#[test]
fn signal_stops_a_server_that_sleeps() {
    be_the_server();
    alone(|room| {
        for signal in [Signal::SIGTERM, Signal::SIGINT] {
            let server = Server::start(room, &[], "");
            server.is_idle(room);
            server.program.signal(signal);
            let why = format!(
                "the end of your server: it slept in msgrcv when {signal} came, and nothing wakes it"
            );
            server.end(room, signal, &why);
        }
    });
}

#[test]
fn signal_is_not_lost_before_the_sleep() {
    be_the_server();
    alone(|room| {
        let signal = Signal::SIGTERM;
        let mut server = Server::start(room, &[], "flush");
        server.is_held_up();
        server.program.signal(signal);
        until(
            "somebody to take the signal: it is blocked, and nobody waits for it with sigwait",
            || server.program.has_exited() || !is_pending(&server.program, signal),
        );
        if !server.program.has_exited() {
            server.program.close_stdin();
        }
        let why = "the end of your server: the signal came after its last look and before it fell asleep, and was \
                   lost in between";
        server.end(room, signal, why);
    });
}

#[test]
fn accepted_messages_are_printed() {
    be_the_server();
    alone(|room| {
        let signal = Signal::SIGTERM;
        let messages = ["one\0", "two\0", "three\0"];
        let mut server = Server::start(room, &messages, "line");
        server.is_held_up();
        server.program.signal(signal);
        server.shuts_the_door(
            "your server is busy, SIGTERM has come, and the kernel goes on accepting messages, whose senders believe \
             that all is well",
        );
        let why = "the end of your server: SIGTERM came while it printed, and all its messages have been taken";
        let lines = server.end(room, signal, why);
        assert!(
            lines == ["one", "two", "three"],
            "three messages were accepted, and your server has printed {lines:?}"
        );
    });
}

#[test]
fn exit_stops_the_server_like_a_signal() {
    be_the_server();
    alone(|room| {
        let mut server = Server::start(room, &["one\0", "exit\0", "two\0"], "exit");
        server.is_held_up();
        server.shuts_the_door(
            "somebody has said exit, and the kernel goes on accepting messages. Has the thread heard of it that waits \
             for the signals? `raise` signals the calling thread alone, `kill` the process",
        );
        let why =
            "the end of your server: somebody has said exit, and all its messages have been taken";
        let lines = server.end(room, Signal::SIGTERM, why);
        assert!(
            lines != ["one", "exit"],
            "a message that had been accepted followed exit, and it is lost: exit asks you to stop, as a \
             signal does, and what was accepted is printed"
        );
        assert!(
            lines == ["one", "exit", "two"],
            "sent were one, exit and two, and your server has printed {lines:?}"
        );
    });
}
