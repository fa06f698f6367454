//! The server and the client talking to one another, both under valgrind.

use std::path::Path;

use support::Running;

use super::valgrind;

/// A long line before short ones: what stays behind in a buffer would go out with the next message.
const LINES: [&str; 4] = ["the longest of these lines comes first", "hi", "", "exit"];

/// Sends [`LINES`] from `client` to `server`.
///
/// # Panics
///
/// When one of the two is not clean, or a line does not arrive.
pub(super) fn dialogue(server: &Path, client: &Path, key: i32) {
    let start = |program| {
        let mut program = valgrind(program);
        program.args(["--key", &key.to_string()]);
        Running::start(program)
    };
    let mut server = start(server);
    server.wait_for_text("\n"); // its first line says that the queue is there
    let mut client = start(client);
    client.write(LINES.join("\n"));
    client.finish().success();
    let expected = LINES.map(|line| format!("Server received: {line}\n"));
    server.finish().success().stdout_has(expected.concat());
}
