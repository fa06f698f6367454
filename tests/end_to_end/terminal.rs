//! At a terminal: the prompt, Ctrl-C and Ctrl-D.

use std::process::Command;

use rexpect::process::Signal;
use support::{alone, until};

use crate::full_pipe::sleeps_in;
use crate::programs::{CONNECTED, READY, client, client_given, ready_server, server, transcript};
use crate::pty::{
    end, in_terminal, in_terminal_with_id, press_control, see, signal, status, type_line, type_text,
};

#[test]
fn prompt_is_for_terminals_and_typed_lines_arrive() {
    alone(|room| {
        let key = room.key();
        let mut server = ready_server(key);
        let mut client = in_terminal(client(key));

        see(&mut client, &format!("{CONNECTED}\r\n> "));
        type_line(&mut client, "hello");
        server.wait_for_line("Server received: hello");
        see(&mut client, "> ");

        // The same client reading from a pipe shows none.
        let piped = client_given(key, "from a pipe\n");
        piped.success().stdout_is(format!("{CONNECTED}\nClient exiting...\n"));

        type_line(&mut client, "exit");
        assert_eq!(end(client), ("Client exiting...\r\n".into(), Ok(0)));
        let server = server.finish();
        server.success().stdout_has("Server received: exit\nServer shutting down...\n");
    });
}

#[test]
fn control_d_ends_the_client_and_leaves_the_server() {
    alone(|room| {
        let key = room.key();
        let server = ready_server(key);
        let mut client = in_terminal(client(key));
        see(&mut client, "> ");

        press_control('d', &mut client);

        // On a line of its own: the cursor stood behind the prompt.
        assert_eq!(end(client), ("\r\nClient exiting...\r\n".into(), Ok(0)));
        assert!(!server.has_exited());
        client_given(key, "still there?\nexit\n").success();
        server.finish().success().stdout_has("Server received: still there?\n");
    });
}

#[test]
fn control_d_after_some_text_sends_it_and_ends_the_client_at_the_next() {
    alone(|room| {
        let key = room.key();
        let mut server = ready_server(key);
        let mut client = in_terminal(client(key));
        see(&mut client, "> ");

        type_text(&mut client, "hello");
        press_control('d', &mut client);
        server.wait_for_line("Server received: hello");
        // The cursor was in the line.
        see(&mut client, "\r\n> ");
        type_text(&mut client, &"x".repeat(300));
        press_control('d', &mut client);
        see(&mut client, "line 2 was not sent: it has 300 bytes");
        see(&mut client, "\r\n> ");
        press_control('d', &mut client);

        assert_eq!(end(client), ("\r\nClient exiting...\r\n".into(), Ok(1)));
        client_given(key, "exit\n").success();
        let server = server.finish();
        server.success().stdout_is(transcript(["hello", "exit"]));
    });
}

#[test]
fn terminal_that_does_not_edit_lines_is_read_to_the_newline() {
    alone(|room| {
        let key = room.key();
        let mut server = ready_server(key);
        let mut shell = Command::new("sh");
        shell.args(["-c", "stty -icanon && exec \"$0\" --key \"$1\""]);
        shell.arg(client(key).get_program()).arg(key.to_string());
        let (mut client, id) = in_terminal_with_id(&shell);
        see(&mut client, "> ");

        for part in ["he", "ll", "o\n"] {
            until("the client to wait for the keyboard", || sleeps_in(id, &[libc::SYS_read]));
            type_text(&mut client, part);
        }
        server.wait_for_line("Server received: hello");
        type_line(&mut client, "exit");

        assert_eq!(end(client).1, Ok(0));
        let server = server.finish();
        server.success().stdout_is(transcript(["hello", "exit"]));
    });
}

#[test]
fn control_c_ends_the_client_and_leaves_the_server() {
    alone(|room| {
        let key = room.key();
        let mut server = ready_server(key);
        let mut client = in_terminal(client(key));
        see(&mut client, "> ");
        type_line(&mut client, "hello");
        server.wait_for_line("Server received: hello");
        see(&mut client, "> ");

        press_control('c', &mut client);

        let (_shown, how) = end(client);
        assert_eq!(how, Err(Signal::SIGINT));
        assert!(!server.has_exited());
        assert_eq!(room.queues().len(), 1);
        client_given(key, "still there?\nexit\n").success();
        server.finish().success().stdout_has("Server received: still there?\n");
    });
}

#[test]
fn control_c_stops_the_server_when_it_has_shown_what_waited() {
    alone(|room| {
        let key = room.key();
        let (mut server, id) = in_terminal_with_id(&server(key));
        see(&mut server, &format!("{READY}\r\n"));

        // The server is stopped, messages pile up, and then Ctrl-C is pressed.
        signal(&mut server, Signal::SIGSTOP);
        until("the server to be stopped", || status(id, "State:").starts_with('T'));
        let lines: Vec<String> = (1..=2000).map(|number| number.to_string()).collect();
        client_given(key, lines.join("\n")).success();
        assert_eq!(room.queues()[0].qnum, 2000);
        press_control('c', &mut server);
        // With SIGINT the terminal throws away what it has not shown yet, so that comes first.
        until("the server to have SIGINT", || status(id, "ShdPnd:").ends_with('2'));
        signal(&mut server, Signal::SIGCONT);

        let mut expected: String =
            lines.iter().map(|line| format!("Server received: {line}\r\n")).collect();
        expected += "Server shutting down...\r\n";
        assert_eq!(end(server), (expected, Ok(0)));
        assert!(room.queues().is_empty());
    });
}
