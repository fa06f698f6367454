//! A queue with a key that nobody uses.

use std::collections::HashSet;
use std::thread;

use ch01_key_setup::Key;
use ch02_create::Queue;
use nix::errno::Errno;

use crate::{OURS, new_key};

#[test]
fn queue_with_an_unused_key_is_found_by_it() {
    support::alone(|room| {
        let (key, queue) = Queue::create_unused(OURS).expect("a queue can be made");
        room.watch(queue.id());
        assert_eq!(Queue::open(key), Ok(queue));
        let [entry] = &room.queues()[..] else { panic!("one queue") };
        assert_eq!((entry.key, entry.perms), (key.raw(), 0o600));
        room.remove(queue.id());
    });
}

#[test]
fn many_at_once_get_keys_and_queues_of_their_own() {
    support::in_namespace(|room| {
        let make = || [(); 100].map(|()| Queue::create_unused(OURS).expect("a queue can be made"));
        let made: Vec<_> = thread::scope(|scope| {
            let makers = [(); 8].map(|()| scope.spawn(make));
            makers.into_iter().flat_map(|maker| maker.join().expect("no panic")).collect()
        });
        let keys: HashSet<_> = made.iter().map(|(key, _)| *key).collect();
        let queues: HashSet<_> = made.iter().map(|(_, queue)| *queue).collect();
        assert_eq!((keys.len(), queues.len(), room.queues().len()), (800, 800, 800));
        made.iter().for_each(|(_, queue)| room.remove(queue.id()));
    });
}

#[test]
fn keys_in_use_are_passed_over() {
    support::alone(|room| {
        let keys = [(); 3].map(|()| new_key(room));
        let made = || Queue::create_first_unused(keys, OURS).map(|(key, _)| key);
        assert_eq!([(); 3].map(|()| made()), keys.map(Ok));
        assert_eq!(made(), Err(Errno::EEXIST));
        assert_eq!(room.queues().len(), 3);
        for key in keys {
            room.remove(Queue::open(key).expect("it was made").id());
        }
    });
}

#[test]
fn no_keys_are_as_good_as_used_ones() {
    assert_eq!(Queue::create_first_unused([], OURS), Err(Errno::EEXIST));
}

#[test]
fn full_system_has_no_room_for_an_unused_key_either() {
    support::in_namespace(|room| {
        room.set_limit("msgmni", 1);
        let (_, queue) = Queue::create_unused(OURS).expect("one may be");
        let mut tried = 0;
        let keys = std::iter::repeat_with(Key::random).inspect(|_| tried += 1);
        assert_eq!(Queue::create_first_unused(keys, OURS), Err(Errno::ENOSPC));
        assert_eq!(tried, 1, "another key does not help");
        room.remove(queue.id());
    });
}
