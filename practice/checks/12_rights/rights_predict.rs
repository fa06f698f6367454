use super::*;
use ch02_create::{Mode, Queue};
use practice::{Passing, Room, alone, as_ordinary_user, check, clear, passing, send};

/// A queue with this mode, and a message in it.
fn queue_with(room: &Room, mode: u32) -> Queue {
    let queue = practice::queue(room);
    send(queue.id(), 1, b"hello").expect("room for it");
    ch06_cleanup::set_mode(queue, Mode::from_bits_truncate(mode)).expect("our queue");
    queue
}

/// IPC_SET with this user, and nothing else changed.
fn give(queue: Queue, user: u32) -> nix::Result<()> {
    let hook = move |_, passing: Passing| {
        if let Passing::Set(status) = passing {
            status.msg_perm.uid = user;
        }
    };
    passing(hook, || ch06_cleanup::set_capacity(queue, 16_384))
}

/// Whether whoever runs this may take a message out.
fn may_receive(queue: Queue) -> bool {
    support::caught(|| practice::receive(queue.id())).is_ok()
}

#[test]
fn question_1_owner_asks() {
    alone(|room| {
        let queue = queue_with(room, 0o600);
        let truth = as_ordinary_user(|| give(queue, u32::MAX)).expect_err("nobody is user -1");
        clear(room);
        let why = "The kernel first asks whether you may, and you may; then the value is not possible: EINVAL. \
                   So this is a question that changes nothing: may I change it?";
        check("question 1", OWNER_ASKS, truth, why);
    });
}

#[test]
fn question_2_stranger_asks() {
    alone(|room| {
        let queue = queue_with(room, 0o666);
        let refused = support::as_stranger(20_123, || give(queue, u32::MAX));
        clear(room);
        // Where nobody else can be had, msgctl(2) has the last word.
        let truth = refused.map_or(Errno::EPERM, |refused| refused.expect_err("not theirs"));
        let why = "Who may is asked first, and the mode does not matter for that, so it is not EACCES: EPERM.";
        check("question 2", STRANGER_ASKS, truth, why);
    });
}

#[test]
fn question_3_member_too() {
    alone(|room| {
        let queue = queue_with(room, 0o060);
        let may = as_ordinary_user(|| may_receive(queue));
        clear(room);
        let why = "The first class that fits decides, and the owner's comes first: its digit is 0. That the group \
                   may is nothing to the owner.";
        check("question 3", MEMBER_TOO, may, why);
    });
}

#[test]
fn question_4_given_away() {
    alone(|room| {
        let queue = queue_with(room, 0o600);
        // In a user namespace there may be nobody to give it to; then msgop(2) has the last word.
        let may = give(queue, 65_534).is_err() || as_ordinary_user(|| may_receive(queue));
        clear(room);
        let why = "The creator stays creator, with the owner's digit of the mode, and may change and remove it too. \
                   So a queue that was given to you is never yours alone.";
        check("question 4", GIVEN_AWAY, may, why);
    });
}

#[test]
fn question_5_found() {
    alone(|room| {
        let key = practice::key(room);
        let queue = Queue::create_new(key, Mode::empty()).expect("a queue");
        let found = as_ordinary_user(|| Queue::open(key)) == Ok(queue);
        clear(room);
        let why = "The low nine bits of msgget's flags are the access that you ask to be checked. With none of them \
                   nothing is checked: that one has the ID says nothing about what one may do.";
        check("question 5", FOUND, found, why);
    });
}

#[test]
fn question_6_user_zero() {
    alone(|room| {
        let queue = queue_with(room, 0o000);
        let may = as_ordinary_user(|| may_receive(queue));
        clear(room);
        let why = "It is not the number 0 that passes every mode, but the capability CAP_IPC_OWNER, which root has \
                   and user 0 of a container need not have.";
        check("question 6", USER_ZERO, may, why);
    });
}
