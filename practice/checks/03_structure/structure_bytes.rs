use super::*;
use nix::errno::Errno;
use practice::{RawMessage, TRAILING, alone, receive, remove, send_raw};

/// What arrives of a message of yours.
#[track_caller]
fn delivered(message_type: c_long, text: &str) -> RawMessage {
    let memory = message(message_type, text);
    let size = msgsz(&memory);
    // SAFETY: msgget takes two numbers and returns one. It touches no memory of ours.
    let id = unsafe { libc::msgget(libc::IPC_PRIVATE, 0o600) };
    assert!(id >= 0, "the test cannot make a queue: {}", Errno::last());
    let sent = send_raw(id, &memory, size);
    let arrived = receive(id);
    remove(id);
    if let Err(errno) = sent {
        assert_eq!(
            errno,
            Errno::EINVAL,
            "msgsnd says {errno}, which this test cannot explain"
        );
        panic!(
            "the kernel refuses the type or the size (EINVAL): does the memory begin with the \
             type, in this machine's order of bytes?"
        );
    }
    let arrived = arrived.expect("what was sent is there");
    let begin = text
        .as_bytes()
        .first_chunk()
        .map(|word| c_long::from_ne_bytes(*word));
    assert!(
        Some(arrived.message_type) != begin,
        "the kernel took your text for the type: the type is to come first"
    );
    assert!(
        arrived.message_type != message_type.swap_bytes(),
        "the bytes of the type are in the wrong order: sender and receiver are on one machine, so it \
         is the machine's own (`to_ne_bytes`)"
    );
    assert_eq!(
        arrived.message_type,
        message_type,
        "the kernel read another type: does yours have all {} bytes of a C long?",
        size_of::<c_long>()
    );
    arrived
}

#[test]
fn type_comes_first() {
    alone(|_| {
        // Small ones, and one that needs all bytes of a long.
        for message_type in [1, 7, c_long::MAX] {
            delivered(message_type, "hello there");
        }
    });
}

#[test]
fn bytes_are_the_text_and_a_nul() {
    alone(|_| {
        for text in ["hello there", "a longer text, of more than one word", ""] {
            let bytes = delivered(1, text).bytes;
            let right = [text.as_bytes(), b"\0"].concat();
            let foreign = bytes.iter().filter(|byte| **byte == TRAILING).count();
            assert!(
                foreign != size_of::<c_long>(),
                "the kernel was told to send {foreign} bytes too many, and sent what lay behind \
                 your message: does your size count the message type?"
            );
            assert!(
                foreign == 0,
                "{foreign} bytes arrived that lay behind your message: your size is too large"
            );
            assert!(
                bytes.len() < 200,
                "{} bytes were sent for {text:?}: a message is as long as its text, and an array \
                 that is filled up with zeroes fills the queue",
                bytes.len()
            );
            let cut = right.len() - bytes.len().min(right.len());
            let memory = message(1, text);
            assert!(
                cut == 0 || memory.ends_with(b"\0"),
                "the NUL at the end is missing: a C program would read on behind the text"
            );
            assert!(
                cut == 0,
                "{cut} bytes at the end of the message did not arrive: your size is too small"
            );
            assert_eq!(bytes, right, "other bytes arrived than the text and a NUL");
        }
    });
}
