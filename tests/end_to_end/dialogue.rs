//! An ordinary day: people type, the server prints.

use nix::sys::signal::Signal;
use support::Running;
use sysv_mq::Receiver;

use crate::programs::{client, queue, ready_server, transcript};
use crate::stalled::suspend;

/// What the client prints whose input is not a terminal.
const CLIENT_SAYS: &str = "\
Client: Connected to message queue. Type your messages (type 'exit' to quit):
Client exiting...
";

#[test]
fn dialogue_reads_as_in_the_c_programs() {
    support::alone(|room| {
        let key = room.key();
        let server = ready_server(key);
        let mut client = Running::start(client(key));
        client.write("hello\nhow are you?\nexit\n");

        let client = client.finish();
        client.success().stdout_is(CLIENT_SAYS).stderr_is("");
        let server = server.finish();
        server.success().stderr_is("");
        server.stdout_is(
            "Server: Message queue created. Waiting for messages...\n\
             Server received: hello\n\
             Server received: how are you?\n\
             Server received: exit\n\
             Server shutting down...\n",
        );
        assert_eq!(room.queues(), []);
    });
}

#[test]
fn the_end_of_input_ends_the_client_and_leaves_the_server_to_the_next_one() {
    support::alone(|room| {
        let key = room.key();
        let mut server = ready_server(key);
        let mut first = Running::start(client(key));
        first.write_line("from the first");
        let first = first.finish();
        first.success().stdout_is(CLIENT_SAYS).stderr_is("");
        server.wait_for_line("Server received: from the first");
        assert!(!server.has_exited());

        let mut second = Running::start(client(key));
        second.write_line("from the second").write_line("exit");
        second.finish().success().stdout_is(CLIENT_SAYS);
        let server = server.finish();
        server.success();
        server.stdout_is(transcript(["from the first", "from the second", "exit"]));
    });
}

#[test]
fn nothing_is_sent_after_exit() {
    support::alone(|room| {
        let key = room.key();
        let server = ready_server(key);
        let mut client = Running::start(client(key));
        client.write("exit\nnever sent\n");
        client.finish().success().stdout_is(CLIENT_SAYS);
        server.finish().success().stdout_is(transcript(["exit"]));
    });
}

#[test]
fn only_the_very_word_exit_stops_the_server() {
    support::alone(|room| {
        let key = room.key();
        let mut server = ready_server(key);
        let words = ["EXIT", "exit ", " exit", "exit!", "exi", "", "exit"];
        let shown = ["EXIT", r"exit\u{20}", " exit", "exit!", "exi", "", "exit"];
        // One by one: a server that was shutting down would soon refuse the next word.
        for (word, shown) in words.iter().zip(shown) {
            let mut client = Running::start(client(key));
            client.write_line(word);
            client.finish().success();
            server.wait_for_line(&format!("Server received: {shown}"));
        }
        server.finish().success().stdout_is(transcript(shown));
    });
}

#[test]
fn arguments_are_sent_instead_of_lines() {
    support::alone(|room| {
        let key = room.key();
        let server = ready_server(key);
        let mut client = client(key);
        client.args(["hello", "two words", "exit", "never sent"]);
        let client = Running::start(client).finish();
        client.code(1).stdout_is("");
        client.stderr_is("client: message 4 was not sent: it comes after \"exit\"\n");
        let server = server.finish();
        server.success();
        server.stdout_is(transcript(["hello", "two words", "exit"]));
    });
}

#[test]
fn a_type_is_sent_along_and_the_server_takes_them_all() {
    support::alone(|room| {
        let key = room.key();
        let server = ready_server(key);
        suspend(&server);
        let mut receiver = Receiver::new(queue(key));
        let types = ["5", "9223372036854775807", "1"];
        for (index, number) in types.into_iter().enumerate() {
            let mut client = client(key);
            client.args(["--type", number, number]);
            Running::start(client).finish().success();
            let message = receiver.peek(index).expect("a queue to look into");
            let message = message.expect("a message that waits");
            assert_eq!(message.message_type().to_string(), number);
        }
        server.signal(Signal::SIGCONT).signal(Signal::SIGTERM);
        server.finish().success().stdout_is(transcript(types));
    });
}
