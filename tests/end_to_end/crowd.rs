//! Many clients at once.

use support::Running;

use crate::programs::{STOPPED, client, ready_server};

const CLIENTS: usize = 32;
const LINES: usize = 200;

#[test]
fn of_32_clients_at_once_each_line_arrives_once_and_in_order() {
    support::alone(|room| {
        let key = room.key();
        let server = ready_server(key);
        let mut clients: Vec<_> = (0..CLIENTS).map(|_| Running::start(client(key))).collect();
        for (who, client) in clients.iter_mut().enumerate() {
            let lines = (0..LINES).map(|number| format!("client {who} line {number}\n"));
            client.write(lines.collect::<String>());
        }
        for client in clients {
            client.finish().success();
        }
        let mut last = client(key);
        last.arg("exit");
        Running::start(last).finish().success();

        let server = server.finish();
        server.success().stderr_is("");
        let lines = server.lines();
        for who in 0..CLIENTS {
            let prefix = format!("Server received: client {who} ");
            let from = lines.iter().filter_map(|line| line.strip_prefix(&prefix));
            let sent = (0..LINES).map(|number| format!("line {number}"));
            assert!(from.eq(sent), "not all of client {who}, once and in order");
        }
        // Its first line, what the clients sent, "exit" and its last line: nothing else.
        assert_eq!(lines.len(), 1 + CLIENTS * LINES + 2);
        assert_eq!(lines[lines.len() - 2..], ["Server received: exit", STOPPED]);
    });
}
