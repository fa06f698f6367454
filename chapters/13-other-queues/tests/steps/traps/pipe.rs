//! A pipe is a stream of bytes.

use nix::fcntl::{FcntlArg, OFlag, fcntl};
use nix::unistd::{pipe2, read, write};

// ANCHOR: torn
/// Whether bytes of another writer come between those of a write of this many bytes.
///
/// It finds room for 4,096. A writer that waits in the middle of its write is in the same place as
/// this one, which does not wait; and somebody else writes just when a reader has made room.
pub(crate) fn torn(length: usize) -> bool {
    let (reader, writer) = pipe2(OFlag::O_CLOEXEC | OFlag::O_NONBLOCK).expect("there may be one");
    let capacity = fcntl(&writer, FcntlArg::F_GETPIPE_SZ).expect("it is a pipe");
    let capacity = usize::try_from(capacity).expect("it is positive");
    let full = vec![b'.'; capacity - 4096];
    assert_eq!(write(&writer, &full), Ok(full.len()));

    let message = vec![b'a'; length];
    let written = write(&writer, &message).expect("there is room for some of it");
    let mut read_bytes = vec![0; capacity + length + 1];
    let mut seen = read(&reader, &mut read_bytes).expect("it is full");
    assert_eq!(write(&writer, b"b"), Ok(1));
    assert_eq!(write(&writer, &message[written..]), Ok(length - written));
    seen += read(&reader, &mut read_bytes[seen..]).expect("there is more");

    let text = read_bytes[full.len()..seen].iter().copied().map(char::from).collect::<String>();
    text.trim_end_matches('b').contains('b')
}
// ANCHOR_END: torn
