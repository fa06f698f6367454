use super::*;
use ch03_structure::{DocumentMessage, Envelope, MessageType};
use practice::{alone, check, receive, remove, send};
use std::mem::offset_of;

// As on a machine whose long has 8 bytes, wherever this runs.
#[repr(C)]
struct Three {
    message_type: Word,
    text: [u8; 3],
}

#[repr(C)]
struct Wide {
    message_type: Word,
    body: Sixteen,
}

#[derive(Clone, Copy)]
#[repr(C, align(8))]
struct Word([u8; 8]);

#[derive(Clone, Copy)]
#[repr(C, align(16))]
struct Sixteen([u8; 16]);

#[test]
fn question_1_hello() {
    let mut envelope = Envelope::new();
    envelope.fill(MessageType::ONE, b"hello\0");
    let why = "The size counts the bytes after the type: five letters and the NUL.";
    check("question 1", HELLO, envelope.len(), why);
}

#[test]
fn question_2_padded() {
    let why =
        "8 and 3 are 11, and a struct's size is a multiple of its alignment, which is 8 here.";
    check("question 2", PADDED, size_of::<Three>(), why);
}

#[test]
fn question_3_tail() {
    let sent = size_of::<Three>() - size_of::<Word>();
    let why =
        "16 less 8 is 8, and the text has 3: subtracting the long does not remove the padding.";
    check("question 3", TAIL, sent - 3, why);
}

#[test]
fn question_4_document() {
    let text = size_of::<DocumentMessage>() - offset_of!(DocumentMessage, text);
    let why =
        "256 is a multiple of 8, so there is no padding; and it is 8 more than msgsnd may be told.";
    check("question 4", DOCUMENT, size_of::<Word>() + text, why);
}

#[test]
fn question_5_over_aligned() {
    let why = "16 is the next multiple of its alignment: 8 bytes of padding follow the long, which \
               the kernel takes for the begin of the body.";
    check("question 5", OVER_ALIGNED, offset_of!(Wide, body), why);
}

#[test]
fn question_6_least() {
    alone(|room| {
        // SAFETY: msgget takes two numbers and returns one. It touches no memory of ours.
        let id = unsafe { libc::msgget(room.key(), libc::IPC_CREAT | 0o600) };
        let least = (0..10).find(|size| send(id, 1, &vec![0; *size]).is_ok());
        let arrived = receive(id).map(|message| message.bytes.len());
        remove(id);
        assert_eq!(arrived, least, "the message that was sent is the one that arrives");
        let why = "A type alone is a message: it needs no bytes.";
        check("question 6", LEAST, least.expect("some size is taken"), why);
    });
}
