//! Keys that the library chooses.

use ch02_create::Queue;
use ch06_cleanup::Status;
use ch12_rights::create_with_free_key;
use nix::errno::Errno;

use crate::OURS;

#[test]
fn free_key_finds_the_queue_that_was_made_for_it() {
    support::alone(|room| {
        let made: Vec<_> = (0..50)
            .map(|_| {
                let (key, queue) = create_with_free_key(OURS).expect("a queue can be made");
                room.watch(queue.id());
                (key, queue)
            })
            .collect();
        for (key, queue) in &made {
            assert_eq!(Queue::open(*key), Ok(*queue));
            let status = Status::of(*queue).expect("the queue is ours");
            assert_eq!((status.key, status.mode), (Some(*key), OURS));
        }
        let mut keys: Vec<_> = made.iter().map(|(key, _)| *key).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), made.len());
        made.iter().for_each(|(_, queue)| room.remove(queue.id()));
    });
}

#[test]
fn system_that_is_full_has_no_free_key() {
    support::in_namespace(|room| {
        room.set_limit("msgmni", 0);
        assert_eq!(create_with_free_key(OURS), Err(Errno::ENOSPC));
    });
}
