// Write the function: take whole messages out of a stream of bytes.
//
// A pipe keeps no boundaries: what one program writes in one piece the other may read in three, and
// two messages in one. So each message has its length in front. Who wrote it may have been killed
// in the middle, or may be no friend.
//
// Of the pipe you need `read`: it fills the buffer as far as there are bytes, one at least, and
// returns how many; 0 is the end of the stream.

use std::io::{self, ErrorKind, Read};

/// The longest message.
const MOST: usize = 8192;

/// Takes the next message out of the pipe: four bytes that are its length, the least significant
/// first, and then so many bytes. Not a byte after them is read.
///
/// The end of the stream is `None` if it comes before a message, and the error `UnexpectedEof` if
/// it comes within one or within its length. A length above `MOST` is `InvalidData`, and then
/// nothing more is read. `Interrupted` was a signal: the call is made again. Every other error is
/// returned as it is.
fn next_message(pipe: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    // TODO: what if `read` returns less than you need? And after how many bytes is the end an end?
    let mut length = [0; 4];
    let read = pipe.read(&mut length)?;
    println!("{read} bytes are a length, perhaps, of {MOST} at most");
    Err(ErrorKind::Unsupported.into())
}

fn main() {
    let mut pipe = &b"\x05\0\0\0hello\0\0\0\0"[..];
    for _ in 0..3 {
        println!("{:?}", next_message(&mut pipe));
    }
}

#[cfg(test)]
#[path = "../../checks/13_other_queues/other_frame.rs"]
mod tests; // the functions marked #[test]
