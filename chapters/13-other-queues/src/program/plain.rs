//! What the bare calls make of messages: nothing is put in front of them.

use ch13_other_queues::Plain;
use nix::errno::Errno;
use streams::{Failure, stdout};

use super::{failed, shown};

/// They are sent before the first is received, so they have to fit into a queue of any mechanism.
const TEXTS: usize = 10;
const BYTES: usize = 4096;

pub(super) fn plain<Q: Plain>(texts: &[&str]) -> Result<(), Failure> {
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    if texts.len() > TEXTS || bytes > BYTES {
        let limit = format_args!("at most {TEXTS} texts, of {BYTES} bytes together");
        return Err(Failure::misuse("TEXT ...", limit));
    }
    let mut output = stdout()?;
    let (mut sender, mut receiver) = Q::pair().map_err(failed::<Q>("cannot make a queue"))?;
    for text in texts {
        sender.send_plain(text.as_bytes()).map_err(failed::<Q>("cannot send"))?;
    }
    sender.close().map_err(failed::<Q>("cannot close the sending end"))?;

    // A call for each message, and one more, after which every program knows the end or never.
    let mut buffer = [0; BYTES];
    for _ in 0..=texts.len() {
        let line = match receiver.try_recv_plain(&mut buffer) {
            Ok(0) => "0 bytes: an empty message, or the end".to_owned(),
            Ok(len) => shown(&buffer[..len]),
            Err(Errno::EAGAIN) => "nothing now (EAGAIN)".to_owned(),
            Err(errno) => return Err(failed::<Q>("cannot receive")(errno)),
        };
        output.line(line).map_err(|error| Failure::output(&error))?;
    }
    receiver.close().map_err(failed::<Q>("cannot close the receiving end"))
}
