//! The client: gets a queue from a server, and sends one message.

use std::io;
use std::os::unix::net::UnixStream;

use ch03_structure::MessageType;
use ch04_send::Sender;
use ch12_rights::take_up;
use nix::errno::Errno;
use nix::unistd::Uid;
use streams::{Failure, explain, stdout};

use super::people::user_name;

pub(super) fn send(socket: &str, server: Uid, text: &str) -> Result<(), Failure> {
    let mut output = stdout()?;
    let stream = UnixStream::connect(socket).map_err(|error| {
        let words = match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused => {
                "no server listens there; start it with ch12 serve"
            }
            _ => "it cannot be reached",
        };
        Failure::new(format_args!("{}: {words}: {}", socket.escape_default(), explain(&error)))
    })?;
    let queue = take_up(&stream, server).map_err(|errno| {
        let words = match errno {
            Errno::EPERM => format!("the server is not run by {}", user_name(server)),
            Errno::ECONNRESET => "the server has hung up; it says why".to_owned(),
            Errno::EPROTO => "what listens there is not ch12 serve".to_owned(),
            errno => ch12_rights::explain(errno).to_owned(),
        };
        Failure::new(format_args!("{}: {words} ({errno:?})", socket.escape_default()))
    })?;
    Sender::new(queue).send(MessageType::ONE, text.as_bytes()).map_err(|errno| {
        Failure::new(format_args!("msgsnd: {} ({errno:?})", ch04_send::explain(errno)))
    })?;
    let sent = format!("sent to queue {}, which is yours and {}'s", queue.id(), user_name(server));
    output.line(&sent).map_err(|error| Failure::output(&error).and(sent))
}
