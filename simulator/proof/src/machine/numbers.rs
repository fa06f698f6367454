//! The numbers that the calls are given: mostly small ones, so that things meet; now and then any.

use proptest::prelude::*;
use simulator::{IPC_CREAT, IPC_EXCL, IPC_NOWAIT, Limits, MSG_COPY, MSG_EXCEPT, MSG_NOERROR};

use crate::LONGEST;

use super::people::People;

/// No message is longer: what msgmax is at most, and for what a receiver of the crates has room.
pub(super) const LONGEST_TEXT: usize = 8192;

/// Users and groups are these four, and nobody. A user namespace knows root and no others.
pub(super) fn user(people: People) -> impl Strategy<Value = u32> {
    let last = if people.others { 1002 } else { 0 };
    prop_oneof![
        4 => Just(0),
        8 => (1000..1003_u32).prop_map(move |user| user.min(last)),
        1 => Just(u32::MAX),
    ]
}

pub(super) fn mode() -> impl Strategy<Value = u32> {
    prop_oneof![
        6 => Just(0o666),
        3 => Just(0o600),
        4 => 0..0o1000_u32,
        1 => any::<u32>(),
    ]
}

pub(super) fn key() -> impl Strategy<Value = i32> {
    prop_oneof![
        16 => 1..4,
        4 => Just(0),
        1 => any::<i32>(),
    ]
}

pub(super) fn get_flags() -> impl Strategy<Value = i32> {
    let make = prop_oneof![
        6 => Just(IPC_CREAT),
        2 => Just(IPC_CREAT | IPC_EXCL),
        2 => Just(0),
        1 => Just(IPC_EXCL),
    ];
    prop_oneof![
        20 => (make, mode()).prop_map(|(make, mode)| make | mode as i32 & 0o777),
        1 => any::<i32>(),
    ]
}

pub(super) fn mtype() -> impl Strategy<Value = i64> {
    prop_oneof![
        30 => 1..6_i64,
        1 => Just(i64::MAX),
        1 => -1..1_i64,
        1 => any::<i64>(),
    ]
}

/// How long a message is.
pub(super) fn size() -> impl Strategy<Value = usize> {
    prop_oneof![
        30 => 0..12_usize,
        3 => 12..80_usize,
        1 => 0..9000_usize,
    ]
}

pub(super) fn send_flags() -> impl Strategy<Value = i32> {
    prop_oneof![
        12 => Just(0),
        6 => Just(IPC_NOWAIT),
        1 => any::<i32>(),
    ]
}

/// How long a buffer is.
pub(super) fn room() -> impl Strategy<Value = usize> {
    prop_oneof![
        12 => 0..12_usize,
        12 => Just(LONGEST_TEXT),
        2 => 0..9000_usize,
        1 => Just(LONGEST),
        1 => Just(usize::MAX),
    ]
}

pub(super) fn msgtyp() -> impl Strategy<Value = i64> {
    prop_oneof![
        12 => Just(0),
        10 => 1..6_i64,
        10 => -6..0_i64,
        1 => Just(i64::MIN),
        1 => any::<i64>(),
    ]
}

pub(super) fn receive_flags() -> impl Strategy<Value = i32> {
    let extra = prop_oneof![
        12 => Just(0),
        3 => Just(MSG_NOERROR),
        3 => Just(MSG_EXCEPT),
        1 => Just(MSG_NOERROR | MSG_EXCEPT),
    ];
    let copy = prop_oneof![
        4 => Just(MSG_COPY | IPC_NOWAIT),
        1 => Just(MSG_COPY | IPC_NOWAIT | MSG_NOERROR),
        1 => Just(MSG_COPY | IPC_NOWAIT | MSG_EXCEPT),
        1 => Just(MSG_COPY),
    ];
    prop_oneof![
        14 => extra.clone(),
        8 => extra.prop_map(|extra| extra | IPC_NOWAIT),
        3 => copy,
        1 => any::<i32>(),
    ]
}

/// How much a queue may hold.
pub(super) fn qbytes() -> impl Strategy<Value = u64> {
    prop_oneof![
        8 => 0..40_u64,
        2 => 0..20_000_u64,
        1 => Just((1 << 32) + 20),
        1 => Just(1 << 31),
        1 => any::<u64>(),
    ]
}

pub(super) fn limits() -> impl Strategy<Value = Limits> {
    let msgmax = prop_oneof![3 => 6..30_u32, 1 => 0..6_u32, 4 => Just(8192)];
    let msgmnb = prop_oneof![8 => 5..40_u32, 1 => 0..5_u32, 2 => Just(16384)];
    let msgmni = prop_oneof![1 => 0..2_u32, 4 => 2..5_u32, 4 => Just(32000)];
    let limits = (msgmax, msgmnb, msgmni);
    limits.prop_map(|(msgmax, msgmnb, msgmni)| Limits { msgmax, msgmnb, msgmni })
}
