//! What the kernel reads: a C `long`, and right behind it as many bytes as it is told.

use std::ffi::c_long;
use std::mem::offset_of;

use crate::raw::{self, Message};

const LONG: usize = size_of::<c_long>();

#[test]
fn size_does_not_count_the_type() {
    support::alone(|room| {
        let id = raw::queue(room);
        raw::send(id, &Message::new(1, b'x'), 5).expect("there is room");
        assert_eq!(room.queues()[0].cbytes, 5);

        let mut message = Message::new(0, 0);
        assert_eq!(raw::receive(id, &mut message, 64), Ok(5));
        assert_eq!(message.text[..6], *b"xxxxx\0");
        room.remove(id);
    });
}

#[test]
fn size_that_includes_the_type_sends_bytes_after_the_message() {
    // The program means five bytes of text. What follows is here to be seen: elsewhere it would be
    // whatever happens to lie there.
    support::alone(|room| {
        let id = raw::queue(room);
        let mut memory = Message::new(1, 0);
        memory.text[..5].copy_from_slice(b"hello");
        memory.text[5..5 + LONG].copy_from_slice(&b"PASSWORD"[..LONG]);
        raw::send(id, &memory, LONG + 5).expect("there is room");

        let mut message = Message::new(0, 0);
        assert_eq!(raw::receive(id, &mut message, 64), Ok(LONG + 5));
        assert_eq!(message.text[..5 + LONG], memory.text[..5 + LONG]);
        room.remove(id);
    });
}

#[test]
fn size_that_counts_the_type_receives_past_the_end_of_the_message() {
    // The program has room for 16 bytes of text, and asks for 16 and the size of the type.
    support::alone(|room| {
        let id = raw::queue(room);
        raw::send(id, &Message::new(1, b'x'), 64).expect("there is room");
        raw::send(id, &Message::new(1, b'x'), 16 + LONG).expect("there is room");

        let mut memory = Message::new(0, b'-');
        assert!(raw::receive(id, &mut memory, 16 + LONG).is_err(), "64 are too many");
        let mut rest = Message::new(0, 0);
        assert_eq!(raw::receive(id, &mut rest, 64), Ok(64));
        assert_eq!(raw::receive(id, &mut memory, 16 + LONG), Ok(16 + LONG));
        assert_eq!(memory.text[16..16 + LONG], [b'x'; LONG], "written behind the 16");
        assert_eq!(memory.text[16 + LONG], b'-');
        room.remove(id);
    });
}

#[test]
fn size_of_a_structure_counts_its_padding() {
    #[repr(C)]
    struct Three {
        message_type: c_long,
        text: [u8; 3],
    }
    assert_eq!(offset_of!(Three, message_type), 0);
    assert_eq!(offset_of!(Three, text), LONG);
    assert_eq!(size_of::<Three>(), 2 * LONG);
    assert_eq!(size_of::<Three>() - LONG, LONG, "but the text has 3 bytes");
}

#[cfg(target_pointer_width = "64")]
#[test]
fn over_aligned_body_does_not_follow_the_type() {
    #[repr(C)]
    struct Wide {
        message_type: c_long,
        body: u128,
    }
    assert_eq!(offset_of!(Wide, message_type), 0);
    assert_eq!(align_of::<u128>(), 16);
    assert_eq!(offset_of!(Wide, body), 16, "the kernel reads from offset 8");
}

#[test]
fn type_alone_is_a_message() {
    support::alone(|room| {
        let id = raw::queue(room);
        raw::send(id, &Message::new(7, b'x'), 0).expect("there is room");
        assert_eq!((room.queues()[0].qnum, room.queues()[0].cbytes), (1, 0));
        let mut message = Message::new(0, b'-');
        assert_eq!(raw::receive(id, &mut message, 64), Ok(0));
        assert_eq!(message, Message::new(7, b'-'));
        room.remove(id);
    });
}

/// A C `int`, or Perl's `pack "L"`, where a `long` is due.
#[test]
#[cfg(all(target_pointer_width = "64", target_endian = "little"))]
fn int_in_place_of_long_makes_four_bytes_of_text_part_of_the_type() {
    #[repr(C)]
    struct Wrong {
        mtype: i32,
        text: [u8; 12],
    }
    support::alone(|room| {
        let id = raw::queue(room);
        let wrong = Wrong { mtype: 1, text: *b"hello, world" };
        // SAFETY: 16 bytes are initialised behind the pointer: the 8 that the kernel takes for the
        // type, and the 8 that `msgsz` counts.
        let sent = unsafe { libc::msgsnd(id, (&raw const wrong).cast(), 8, 0) };
        assert_eq!(sent, 0);

        let mut message = Message::new(0, 0);
        assert_eq!(raw::receive(id, &mut message, 64), Ok(8));
        assert_eq!(message.text[..8], *b"o, world");
        assert_eq!(message.message_type, c_long::from_le_bytes(*b"\x01\0\0\0hell"));
        room.remove(id);
    });
}
