use super::*;
use nix::errno::Errno;
use practice::edges::{self, wide_numbers};
use practice::{RawMessage, TRAILING, alone, receive, remove, send_raw, yours};

/// The memory that you lay out, and the size that you give for it.
fn laid_out(message_type: c_long, what: &str, text: &str) -> (Vec<u8>, usize) {
    let at = format!("type {message_type} and a text with {what}");
    let memory = yours(&at, || message(message_type, text));
    let size = yours(at, || msgsz(&memory));
    (memory, size)
}

/// What arrives of a message of yours.
#[track_caller]
fn delivered(message_type: c_long, what: &str, text: &str) -> RawMessage {
    let (memory, size) = laid_out(message_type, what, text);
    assert!(
        size <= 8192,
        "for a text with {what} your size is {size}, and the memory has {} bytes: the size is too \
         large, or below 0 and wrapped round",
        memory.len()
    );
    // SAFETY: msgget takes two numbers and returns one. It touches no memory of ours.
    let id = unsafe { libc::msgget(libc::IPC_PRIVATE, 0o600) };
    assert!(id >= 0, "the test cannot make a queue: {}", Errno::last());
    let sent = send_raw(id, &memory, size);
    let arrived = receive(id);
    remove(id);
    if let Err(errno) = sent {
        assert!(
            errno == Errno::EINVAL,
            "msgsnd fails with {errno:?}, which this test cannot explain"
        );
        panic!(
            "the kernel refuses the type or the size (EINVAL): does the memory begin with the \
             type, with all the bytes of a C long, in this machine's byte order?"
        );
    }
    let arrived = arrived.expect("what was sent has arrived");
    let begin = text.as_bytes().first_chunk().map(|word| c_long::from_ne_bytes(*word));
    assert!(
        Some(arrived.message_type) != begin,
        "the kernel took your text for the type: the type must come first"
    );
    assert!(
        arrived.message_type != message_type.swap_bytes(),
        "the bytes of the type are in the wrong order: sender and receiver are on one machine, so it \
         is the machine's own (`to_ne_bytes`)"
    );
    assert!(
        arrived.message_type == message_type,
        "your message has type {message_type}, and the kernel read {}: does yours have all {} bytes of \
         a C long, and is it always the one asked for?",
        arrived.message_type,
        size_of::<c_long>()
    );
    arrived
}

#[test]
fn type_comes_first() {
    alone(|_| {
        let types = wide_numbers().into_iter().filter(|number| *number > 0);
        for message_type in types.chain([7]).flat_map(c_long::try_from) {
            delivered(message_type, "11 bytes", "hello there");
        }
    });
}

#[test]
fn bytes_are_the_text_and_a_nul() {
    alone(|_| {
        let mut texts = edges::texts();
        texts.push(("11 bytes".to_owned(), "hello there".to_owned()));
        texts.push(("8191 bytes".to_owned(), "x".repeat(8191)));
        for (what, text) in texts {
            let bytes = delivered(1, &what, &text).bytes;
            let right = [text.as_bytes(), b"\0"].concat();
            let foreign = bytes.iter().filter(|byte| **byte == TRAILING).count();
            let foreign =
                foreign - right.iter().filter(|byte| **byte == TRAILING).count().min(foreign);
            assert!(
                foreign != size_of::<c_long>(),
                "the kernel was told to send {foreign} bytes too many, and sent what was after \
                 your message: does your size count the message type?"
            );
            assert!(
                foreign == 0,
                "{foreign} bytes arrived that were after your message: your size is too large"
            );
            assert!(
                bytes.len() < right.len() + 100,
                "{} bytes were sent for a text with {what}: a message is as long as its text, and an \
                 array that is filled up with zeroes fills the queue",
                bytes.len()
            );
            let cut = right.len() - bytes.len().min(right.len());
            let memory = laid_out(1, &what, &text).0;
            assert!(
                memory.get(size_of::<c_long>()..) != Some(text.as_bytes()) || text.ends_with('\0'),
                "the NUL at the end is missing: a C program would read on after the text"
            );
            assert!(
                cut == 0 || memory.len() < size_of::<c_long>() + right.len(),
                "{cut} bytes at the end of the message did not arrive, with a text with {what}: your size \
                 is too small"
            );
            assert!(
                bytes == right,
                "a text with {what} is not sent as it is, with a NUL after it: {:?} arrived in place of \
                 {:?}",
                bytes.escape_ascii().to_string(),
                right.escape_ascii().to_string()
            );
        }
        long_texts_are_laid_out_too();
    });
}

/// msgmax may be raised, and is msgsnd's to know.
#[track_caller]
fn long_texts_are_laid_out_too() {
    for length in edges::LONG {
        let text = "x".repeat(length);
        let (memory, size) = laid_out(1, &format!("{length} bytes"), &text);
        let right = [&c_long::from(1_i8).to_ne_bytes()[..], text.as_bytes(), b"\0"].concat();
        assert!(
            size == length + 1 && memory.len() == size_of::<c_long>() + size,
            "a text of {length} bytes is a message of {}, and you give the size {size} for {} bytes of \
             memory: who decides how long a message may be is msgsnd",
            length + 1,
            memory.len()
        );
        assert!(memory == right, "a text of {length} bytes is not laid out as a short one is");
    }
}
