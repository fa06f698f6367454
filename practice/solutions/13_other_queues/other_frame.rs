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
    let mut length = [0; 4];
    match fill(pipe, &mut length)? {
        0 => return Ok(None),
        4 => {}
        _ => return Err(ErrorKind::UnexpectedEof.into()),
    }
    let length = u32::from_le_bytes(length) as usize;
    if length > MOST {
        return Err(ErrorKind::InvalidData.into());
    }
    let mut bytes = vec![0; length];
    if fill(pipe, &mut bytes)? < length {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(bytes))
}

/// Reads until the buffer is full or the stream ends, and returns how many bytes that were.
fn fill(pipe: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match pipe.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
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
