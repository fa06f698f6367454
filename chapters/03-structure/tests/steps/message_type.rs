//! The type: a number of at least 1.

use std::ffi::c_long;

use ch03_structure::{MessageType, ParseMessageTypeError};
use nix::errno::Errno;

use crate::raw::{self, Message};

#[test]
fn zero_and_negative_numbers_are_not_types() {
    for raw in [0, -1, c_long::MIN] {
        assert_eq!(MessageType::new(raw), None);
    }
}

#[test]
fn every_positive_number_is_a_type() {
    for raw in [1, 2, c_long::MAX] {
        let message_type = MessageType::new(raw).expect("it is at least 1");
        assert_eq!(message_type.raw(), raw);
        assert_eq!(message_type.to_string(), raw.to_string());
    }
    assert_eq!(MessageType::ONE.raw(), 1);
}

#[test]
fn type_is_parsed_from_a_whole_number_of_at_least_1() {
    for raw in [1, 2, c_long::MAX] {
        assert_eq!(raw.to_string().parse(), Ok(MessageType::new(raw).expect("at least 1")));
    }
    let too_large = format!("{}0", c_long::MAX);
    for text in ["0", "-1", "", "one", "1.0", " 1", &too_large] {
        let parsed: Result<MessageType, ParseMessageTypeError> = text.parse();
        let told = parsed.expect_err(text).to_string();
        assert!(told.contains(&format!("from 1 to {}", c_long::MAX)), "{told}");
    }
}

#[test]
fn kernel_refuses_types_below_1() {
    support::alone(|room| {
        let id = raw::queue(room);
        for raw in [0, -1, c_long::MIN] {
            let sent = raw::send(id, &Message::new(raw, b'x'), 1);
            assert_eq!(sent, Err(Errno::EINVAL));
        }
        room.remove(id);
    });
}

#[test]
fn largest_type_arrives() {
    support::alone(|room| {
        let id = raw::queue(room);
        raw::send(id, &Message::new(c_long::MAX, b'x'), 1).expect("there is room");
        let mut message = Message::new(0, 0);
        assert_eq!(raw::receive(id, &mut message, 64), Ok(1));
        assert_eq!(message.message_type, c_long::MAX);
        room.remove(id);
    });
}

#[test]
fn option_of_a_type_takes_no_more_memory_than_a_long() {
    assert_eq!(size_of::<Option<MessageType>>(), size_of::<c_long>());
}
