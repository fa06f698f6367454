//! How many queues there may be.

use ch02_create::{Queue, explain};
use nix::errno::Errno;

use crate::{OURS, new_key};

#[test]
fn one_queue_too_many_is_refused() {
    support::in_namespace(|room| {
        room.set_limit("msgmni", 2);
        let queues = [(); 2].map(|()| Queue::create_new(new_key(room), OURS).expect("two may be"));
        assert_eq!(Queue::create(new_key(room), OURS), Err(Errno::ENOSPC));
        assert_eq!(Queue::private(OURS), Err(Errno::ENOSPC));

        room.remove(queues[0].id());
        let again = Queue::private(OURS).expect("there is a place again");
        room.remove(again.id());
        room.remove(queues[1].id());
    });
}

#[test]
fn one_queue_too_many_has_nothing_to_do_with_disks() {
    assert_eq!(Errno::ENOSPC.desc(), "No space left on device");
    assert!(explain(Errno::ENOSPC).contains("msgmni"));
}

#[test]
fn limits_are_those_that_the_manual_names() {
    support::in_namespace(|room| {
        let limits = ["msgmni", "msgmax", "msgmnb"].map(|name| room.limit(name));
        assert_eq!(limits, [32_000, 8_192, 16_384]);
    });
}
