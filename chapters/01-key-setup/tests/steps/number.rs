//! A key is a number.

use std::process::Command;

use ch01_key_setup::{Key, ParseKeyError};
use nix::errno::Errno;
use support::Running;

/// A queue with this key, made past the library.
fn msgget(key: i32) -> i32 {
    // SAFETY: msgget takes two numbers and touches no memory of ours.
    let id = unsafe { libc::msgget(key, libc::IPC_CREAT | libc::IPC_EXCL | 0o600) };
    Errno::result(id).expect("a queue can be made")
}

#[test]
fn zero_is_not_a_key() {
    assert_eq!(libc::IPC_PRIVATE, 0);
    assert_eq!(Key::new(0), None);
}

#[test]
fn zero_makes_a_new_queue_each_time() {
    support::alone(|room| {
        let (first, second) = (msgget(0), msgget(0));
        room.watch(first);
        room.watch(second);
        assert_ne!(first, second);
        room.remove(first);
        room.remove(second);
    });
}

#[test]
fn every_other_number_is_a_key() {
    for raw in [1, 1234, -1, i32::MIN, i32::MAX] {
        assert_eq!(Key::new(raw).map(Key::raw), Some(raw));
    }
}

#[test]
fn minus_one_is_a_key_like_any_other() {
    support::in_namespace(|room| {
        let id = msgget(-1);
        assert_eq!(room.queues()[0].key, -1);
        room.remove(id);
    });
}

#[test]
fn key_is_displayed_as_ipcs_prints_it() {
    support::in_namespace(|room| {
        for raw in [1234, 1, -1, i32::MIN, i32::MAX] {
            let id = msgget(raw);
            let mut ipcs = Command::new("ipcs");
            ipcs.arg("-q");
            let key = Key::new(raw).expect("not 0").to_string();
            Running::start(ipcs).finish().success().stdout_has(format!("\n{key} "));
            room.remove(id);
        }
    });
}

#[test]
fn key_is_parsed_from_decimal_and_hexadecimal() {
    for (text, raw) in [
        ("1234", 1234),
        ("+1234", 1234),
        ("0x4d2", 1234),
        ("0X4D2", 1234),
        ("0x000004d2", 1234),
        ("-1", -1),
        ("0xffffffff", -1),
        ("-2147483648", i32::MIN),
        ("0x80000000", i32::MIN),
        ("2147483647", i32::MAX),
    ] {
        assert_eq!(text.parse::<Key>().map(Key::raw), Ok(raw), "{text}");
    }
}

#[test]
fn displayed_key_can_be_parsed_again() {
    for raw in [1234, 1, -1, i32::MIN, i32::MAX] {
        let key = Key::new(raw).expect("not 0");
        assert_eq!(key.to_string().parse(), Ok(key));
    }
}

#[test]
fn zero_is_not_parsed_as_a_key() {
    for text in ["0", "-0", "0x0", "0x00000000"] {
        assert_eq!(text.parse::<Key>(), Err(ParseKeyError::Private), "{text}");
    }
    let told = ParseKeyError::Private.to_string();
    assert!(told.contains("IPC_PRIVATE"), "{told}");
}

#[test]
fn text_that_is_not_a_32_bit_number_is_not_parsed() {
    let wrong = [
        "",
        " 1",
        "1 ",
        "key",
        "1.5",
        "0x",
        "0x+1",
        "0x-1",
        "-0x1",
        "2147483648",
        "-2147483649",
        "0x100000000",
        "0b1",
    ];
    for text in wrong {
        assert_eq!(text.parse::<Key>(), Err(ParseKeyError::NotANumber), "{text}");
    }
    let told = ParseKeyError::NotANumber.to_string();
    assert!(told.contains("0x4d2"), "an example is given: {told}");
}

#[test]
fn key_t_is_an_int_of_32_bits() {
    assert_eq!(size_of::<libc::key_t>(), 4);
    assert_eq!(libc::key_t::MAX, i32::MAX);
}

#[test]
fn debug_output_is_hexadecimal_as_ipcs_prints_it() {
    let key = Key::new(1234).expect("not 0");
    assert_eq!(format!("{key:?}"), "Key(0x000004d2)");
}
