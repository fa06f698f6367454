//! Who may find a queue: asked as somebody else, since root may do everything.

use std::fs;

use ch02_create::{Mode, Queue};
use nix::errno::Errno;

use crate::{NOBODY, OURS, new_key};

#[test]
fn anyone_may_learn_the_id_of_a_queue_of_mode_000() {
    support::alone(|room| {
        let key = new_key(room);
        let queue = Queue::create_new(key, Mode::empty()).expect("the key is unused");
        if let Some(found) = support::as_stranger(NOBODY, || Queue::open(key)) {
            assert_eq!(found, Ok(queue));
        }
        room.remove(queue.id());
    });
}

#[test]
fn request_for_access_by_another_user_is_refused() {
    support::alone(|room| {
        let key = new_key(room);
        let queue = Queue::create_new(key, OURS).expect("the key is unused");
        let ask = || (Queue::create(key, OURS), Queue::open_for(key, Mode::S_IWUSR));
        if let Some(answers) = support::as_stranger(NOBODY, ask) {
            assert_eq!(answers, (Err(Errno::EACCES), Err(Errno::EACCES)));
        }
        room.remove(queue.id());
    });
}

#[test]
fn access_is_checked_whatever_the_class() {
    support::alone(|room| {
        let key = new_key(room);
        let mode = OURS | Mode::S_IWOTH;
        let queue = Queue::create_new(key, mode).expect("the key is unused");
        let ask = || {
            [Mode::S_IWUSR, Mode::S_IWGRP, Mode::S_IWOTH, Mode::S_IRUSR, OURS]
                .map(|mode| Queue::open_for(key, mode))
        };
        if let Some(answers) = support::as_stranger(NOBODY, ask) {
            let (yes, no) = (Ok(queue), Err(Errno::EACCES));
            assert_eq!(answers, [yes, yes, yes, no, no]);
        }
        room.remove(queue.id());
    });
}

#[test]
fn owner_gets_what_the_mode_gives_the_owner_and_no_more() {
    support::alone(|room| {
        let key = new_key(room);
        let everybody_else = Mode::S_IRWXG | Mode::S_IRWXO;
        let ask = || (Queue::create_new(key, everybody_else), Queue::open_for(key, Mode::S_IRUSR));
        if let Some((made, asked)) = support::as_stranger(NOBODY, ask) {
            let queue = made.expect("the key is unused");
            assert_eq!(asked, Err(Errno::EACCES));
            room.remove(queue.id());
        }
    });
}

#[test]
fn root_may_do_everything() {
    support::in_namespace(|room| {
        let key = new_key(room);
        let queue = Queue::create_new(key, Mode::empty()).expect("the key is unused");
        assert_eq!(Queue::open_for(key, OURS), Ok(queue));
        room.remove(queue.id());
    });
}

#[test]
fn everybody_may_read_the_list_of_queues() {
    support::alone(|room| {
        let queue = Queue::create_new(new_key(room), Mode::empty()).expect("the key is unused");
        let read = || fs::read_to_string("/proc/sysvipc/msg").expect("everybody may read it");
        if let Some(list) = support::as_stranger(NOBODY, read) {
            let id = queue.id().to_string();
            let ids = list.lines().filter_map(|line| line.split_whitespace().nth(1));
            assert!(ids.into_iter().any(|there| there == id), "{list}");
        }
        room.remove(queue.id());
    });
}

#[test]
fn list_has_fourteen_columns_and_no_capacity() {
    let list = fs::read_to_string("/proc/sysvipc/msg").expect("everybody may read it");
    let columns: Vec<_> = list.lines().next().into_iter().flat_map(str::split_whitespace).collect();
    assert_eq!(
        columns.join(" "),
        "key msqid perms cbytes qnum lspid lrpid uid gid cuid cgid stime rtime ctime"
    );
}
