//! A producer that is faster than its consumer: what each policy keeps, and what it loses.

mod fullness;
mod killed;
mod program;
mod spool;

use std::thread;
use std::time::Duration;

use ch02_create::{Mode, Queue};
use ch04_send::Sender;
use ch06_cleanup::{Status, set_capacity};
use ch10_waiting::{DropNewest, DropOldest, Fate, Policy, SlowDown, Spool, Wait};
use nix::errno::Errno;
use support::{Room, as_stranger, while_asleep};

use crate::{LONG, NOBODY, ONE, SHORT, new_queue, receive};

/// A queue with room for so many bytes.
fn small_queue(room: &Room, bytes: usize) -> Queue {
    let queue = new_queue(room);
    set_capacity(queue, bytes).expect("the queue is ours");
    queue
}

/// Gives these messages to the policy; what became of each.
fn produce(queue: Queue, policy: &mut impl Policy, texts: &[&str]) -> Vec<nix::Result<Fate>> {
    let mut sender = Sender::new(queue);
    texts.iter().map(|text| policy.send(&mut sender, ONE, text.as_bytes())).collect()
}

/// Takes everything out.
fn drain(queue: Queue) -> Vec<String> {
    let next = || receive(queue, Duration::ZERO).expect("the queue is ours");
    std::iter::from_fn(next).collect()
}

const BURST: [&str; 4] = ["one..", "two..", "three", "four."];

#[test]
fn waiting_producer_loses_nothing_and_sleeps_until_there_is_room() {
    support::alone(|room| {
        let queue = small_queue(room, 10);
        let mut received = Vec::new();
        let fates = while_asleep(
            || produce(queue, &mut Wait, &BURST),
            |_| {
                for _ in BURST {
                    received.push(receive(queue, LONG).expect("the queue is ours"));
                }
            },
        );
        assert_eq!(fates, [Ok(Fate::Sent); 4]);
        assert_eq!(received, BURST.map(|text| Some(text.to_owned())));
        room.remove(queue.id());
    });
}

#[test]
fn producer_that_drops_the_newest_loses_the_end_of_a_burst() {
    support::alone(|room| {
        let queue = small_queue(room, 10);
        let fates = produce(queue, &mut DropNewest, &BURST);
        let (sent, dropped) = (Ok(Fate::Sent), Ok(Fate::Dropped));
        assert_eq!(fates, [sent, sent, dropped, dropped]);
        assert_eq!(drain(queue), ["one..", "two.."]);
        room.remove(queue.id());
    });
}

#[test]
fn producer_that_drops_the_oldest_loses_the_beginning_of_a_burst() {
    support::alone(|room| {
        let queue = small_queue(room, 10);
        let fates = produce(queue, &mut DropOldest::new(queue), &BURST);
        let sent_for = |dropped| Ok(Fate::SentFor(dropped));
        assert_eq!(fates, [Ok(Fate::Sent), Ok(Fate::Sent), sent_for(1), sent_for(1)]);
        assert_eq!(drain(queue), ["three", "four."]);
        let fates = produce(queue, &mut DropOldest::new(queue), &["1", "2", "3", "ten bytes."]);
        assert_eq!(fates[3], sent_for(3), "a long one takes the room of several");
        assert_eq!(drain(queue), ["ten bytes."]);
        room.remove(queue.id());
    });
}

#[test]
fn nothing_is_dropped_for_a_message_that_would_not_fit_all_the_same() {
    support::alone(|room| {
        let queue = small_queue(room, 10);
        let mut policy = DropOldest::new(queue);
        let fates = produce(queue, &mut policy, &["one..", "two..", "eleven bytes"]);
        assert_eq!(fates[2], Err(Errno::EAGAIN));
        set_capacity(queue, 0).expect("the queue is ours");
        let fates = produce(queue, &mut policy, &["", "three"]);
        assert_eq!(fates, [Err(Errno::EAGAIN); 2], "the queue is being closed");
        assert_eq!(drain(queue), ["one..", "two.."]);
        room.remove(queue.id());
    });
}

#[test]
fn spool_loses_nothing_and_sends_in_order() {
    support::alone(|room| {
        let queue = small_queue(room, 10);
        let folder = tempfile::tempdir().expect("a folder can be made");
        let mut spool = Spool::open(folder.path().join("spool")).expect("it is new");
        let fates = produce(queue, &mut spool, &BURST);
        let (sent, kept) = (Ok(Fate::Sent), Ok(Fate::Kept));
        assert_eq!(fates, [sent, sent, kept, kept]);
        assert_eq!(drain(queue), ["one..", "two.."]);
        // There is room for this one, but two are before it.
        assert_eq!(produce(queue, &mut spool, &["five."]), [kept]);
        assert_eq!(drain(queue), ["three", "four."]);
        assert_eq!(spool.drain(&mut Sender::new(queue)), Ok(true));
        assert_eq!(produce(queue, &mut spool, &["six.."]), [sent]);
        assert_eq!(drain(queue), ["five.", "six.."]);
        room.remove(queue.id());
    });
}

#[test]
fn producer_that_slows_down_leaves_room_above_its_mark() {
    support::alone(|room| {
        let (queue, empty) = (small_queue(room, 20), new_queue(room));
        let texts = ["one..", "two..", "three", "four.", "five.", "six.."];
        thread::scope(|scope| {
            let producer = scope.spawn(|| produce(queue, &mut SlowDown { mark: 0.5 }, &texts));
            let messages = || Status::of(queue).expect("the queue is ours").messages;
            support::until("the producer to reach its mark", || messages() == 3);
            // It wants to send, there is room, and it does not.
            assert_eq!(receive(empty, SHORT), Ok(None), "time goes by");
            assert_eq!(messages(), 3);
            Sender::new(queue).try_send(ONE, b"haste").expect("there is room above the mark");
            let received = [(); 7].map(|()| {
                assert!(messages() <= 4);
                receive(queue, LONG).expect("the queue is ours").expect("it comes")
            });
            let expected = ["one..", "two..", "three", "haste", "four.", "five.", "six.."];
            assert_eq!(received, expected);
            assert_eq!(producer.join().expect("no panic"), [Ok(Fate::Sent); 6]);
        });
        room.remove(queue.id());
        room.remove(empty.id());
    });
}

#[test]
fn two_policies_need_the_right_to_read_and_change_nothing_without_it() {
    support::alone(|room| {
        let try_all = || {
            let queue = Queue::private(Mode::S_IWUSR).expect("a queue can be made");
            room.watch(queue.id());
            set_capacity(queue, 10).expect("the queue is ours");
            let mut fates = produce(queue, &mut DropNewest, &BURST[..3]);
            fates.extend(produce(queue, &mut DropOldest::new(queue), &["four."]));
            fates.extend(produce(queue, &mut SlowDown { mark: 0.5 }, &["five."]));
            (queue, fates)
        };
        if let Some((queue, fates)) = as_stranger(NOBODY, try_all) {
            let (sent, denied) = (Ok(Fate::Sent), Err(Errno::EACCES));
            assert_eq!(fates, [sent, sent, Ok(Fate::Dropped), denied, denied]);
            assert_eq!(drain(queue), ["one..", "two.."]);
            room.remove(queue.id());
        }
    });
}
