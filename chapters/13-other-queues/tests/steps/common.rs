//! What all five do: the promises of the trait.

use std::thread;

use nix::errno::Errno;
use support::Room;

use crate::Tried;

for_each_mechanism!(
    messages_arrive_whole_in_order_and_once,
    empty_message_arrives_as_one,
    receiver_without_a_message_is_refused_with_eagain,
    receiver_waits_for_a_message,
    message_of_a_closed_sender_is_received,
    eight_kilobytes_fit_into_a_message,
);

fn messages_arrive_whole_in_order_and_once<Q: Tried>(room: &Room) {
    let (mut sender, mut receiver) = Q::pair_in(room);
    for text in ["one", "three", "to"] {
        sender.send(text.as_bytes()).expect("there is room");
    }
    assert_eq!(receiver.recv(), Ok(Some(&b"one"[..])));
    assert_eq!(receiver.try_recv(), Ok(Some(&b"three"[..])));
    assert_eq!(receiver.recv(), Ok(Some(&b"to"[..])));
    assert_eq!(receiver.try_recv(), Err(Errno::EAGAIN));
    assert_eq!((sender.close(), receiver.close()), (Ok(()), Ok(())));
}

fn empty_message_arrives_as_one<Q: Tried>(room: &Room) {
    let (mut sender, mut receiver) = Q::pair_in(room);
    for text in ["", "", "a"] {
        sender.send(text.as_bytes()).expect("there is room");
    }
    for text in ["", "", "a"] {
        assert_eq!(receiver.try_recv(), Ok(Some(text.as_bytes())));
    }
    assert_eq!(receiver.try_recv(), Err(Errno::EAGAIN));
}

fn receiver_without_a_message_is_refused_with_eagain<Q: Tried>(room: &Room) {
    let (_sender, mut receiver) = Q::pair_in(room);
    assert_eq!(receiver.try_recv(), Err(Errno::EAGAIN));
}

fn receiver_waits_for_a_message<Q: Tried>(room: &Room) {
    let (mut sender, mut receiver) = Q::pair_in(room);
    thread::scope(|scope| {
        let receiving = scope.spawn(|| receiver.recv().map(|message| message.map(<[u8]>::to_vec)));
        sender.send(b"at last").expect("there is room");
        assert_eq!(receiving.join().expect("no panic"), Ok(Some(b"at last".to_vec())));
    });
}

fn message_of_a_closed_sender_is_received<Q: Tried>(room: &Room) {
    let (mut sender, mut receiver) = Q::pair_in(room);
    sender.send(b"the last words").expect("there is room");
    sender.close().expect("it is open");
    assert_eq!(receiver.try_recv(), Ok(Some(&b"the last words"[..])));
}

fn eight_kilobytes_fit_into_a_message<Q: Tried>(room: &Room) {
    let (mut sender, mut receiver) = Q::pair_in(room);
    let message: Vec<u8> = (0..8192_u16).map(|number| number.to_le_bytes()[0]).collect();
    sender.send(&message).expect("there is room");
    assert_eq!(receiver.recv(), Ok(Some(&message[..])));
}
