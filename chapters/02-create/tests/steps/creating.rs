//! Making a queue and finding it again.

use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use ch02_create::{Mode, Queue};
use nix::errno::Errno;
use support::Running;

use crate::{OURS, new_key, raw};

#[test]
fn same_key_leads_to_the_same_queue() {
    support::alone(|room| {
        let key = new_key(room);
        let queue = Queue::create(key, OURS).expect("a queue can be made");
        assert_eq!(Queue::create(key, OURS), Ok(queue));
        assert_eq!(Queue::open(key), Ok(queue));
        assert_eq!(Queue::from_id(queue.id()), queue);
        assert_eq!(room.queues().len(), 1);
        room.remove(queue.id());
    });
}

#[test]
fn another_key_leads_to_another_queue() {
    support::alone(|room| {
        let one = Queue::create_new(new_key(room), OURS).expect("the key is unused");
        let other = Queue::create_new(new_key(room), OURS).expect("the key is unused");
        assert_ne!(one, other);
        room.remove(one.id());
        room.remove(other.id());
    });
}

#[test]
fn making_a_queue_that_exists_is_refused() {
    support::alone(|room| {
        let key = new_key(room);
        let queue = Queue::create_new(key, OURS).expect("the key is unused");
        assert_eq!(Queue::create_new(key, OURS), Err(Errno::EEXIST));
        room.remove(queue.id());
    });
}

#[test]
fn only_one_of_many_makes_the_queue() {
    support::alone(|room| {
        let key = new_key(room);
        let made = std::thread::scope(|scope| {
            let makers: [_; 8] =
                std::array::from_fn(|_| scope.spawn(|| Queue::create_new(key, OURS)));
            makers.map(|maker| maker.join().expect("no panic"))
        });
        let queues: Vec<_> = made.iter().flatten().collect();
        assert_eq!(queues.len(), 1);
        assert_eq!(made.iter().filter(|made| **made == Err(Errno::EEXIST)).count(), 7);
        room.remove(queues[0].id());
    });
}

#[test]
fn queue_that_does_not_exist_is_not_found() {
    support::alone(|room| {
        assert_eq!(Queue::open(new_key(room)), Err(Errno::ENOENT));
        assert_eq!(Queue::open_for(new_key(room), OURS), Err(Errno::ENOENT));
        assert_eq!(room.queues(), []);
    });
}

#[test]
fn ipc_excl_alone_is_ignored() {
    support::alone(|room| {
        let key = new_key(room);
        assert_eq!(raw::msgget(key, libc::IPC_EXCL), Err(Errno::ENOENT));
        let queue = Queue::create_new(key, OURS).expect("the key is unused");
        assert_eq!(raw::msgget(key, libc::IPC_EXCL), Ok(queue.id()));
        room.remove(queue.id());
    });
}

#[test]
fn private_queues_have_key_0_and_are_all_different() {
    support::alone(|room| {
        let made = [(); 3].map(|()| Queue::private(OURS).expect("a queue can be made").id());
        made.iter().for_each(|id| room.watch(*id));
        assert!(made[0] != made[1] && made[1] != made[2] && made[0] != made[2]);
        let keys: Vec<_> = room.queues().iter().map(|queue| queue.key).collect();
        assert_eq!(keys, [0, 0, 0]);
        made.iter().for_each(|id| room.remove(*id));
    });
}

#[test]
fn mode_is_given_exactly() {
    support::alone(|room| {
        for bits in [0o600, 0o000, 0o777, 0o642] {
            let mode = Mode::from_bits(bits).expect("permission bits");
            let queue = Queue::create_new(new_key(room), mode).expect("the key is unused");
            assert_eq!(room.queues()[0].perms, bits);
            room.remove(queue.id());
        }
    });
}

#[test]
fn set_user_id_and_sticky_bits_do_not_reach_the_kernel() {
    support::alone(|room| {
        let queue = Queue::create_new(new_key(room), Mode::all()).expect("the key is unused");
        assert_eq!(room.queues()[0].perms, 0o777);
        room.remove(queue.id());
    });
}

#[test]
fn umask_is_not_applied() {
    support::alone(|room| {
        let mut sh = Command::new("sh");
        sh.args(["-c", "umask 077 && exec \"$0\" \"$@\""]);
        sh.arg(cargo_bin!("ch02"));
        sh.args(["new", &new_key(room).to_string(), "666"]);
        Running::start(sh).finish().success();
        let queue = &room.queues()[0];
        assert_eq!(queue.perms, 0o666);
        room.remove(queue.msqid);
    });
}

#[test]
fn mode_of_a_queue_that_exists_is_left_alone() {
    support::alone(|room| {
        let key = new_key(room);
        let queue = Queue::create_new(key, OURS).expect("the key is unused");
        assert_eq!(Queue::create(key, Mode::S_IRUSR), Ok(queue));
        assert_eq!(room.queues()[0].perms, 0o600);
        room.remove(queue.id());
    });
}
