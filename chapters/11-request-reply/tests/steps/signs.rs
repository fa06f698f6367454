//! The sign of life beside a caller's queue.

use std::mem;
use std::process::Command;

use ch02_create::Queue;
use ch06_cleanup::Status;
use ch11_request_reply::{Caller, sweep};
use nix::errno::Errno;
use nix::sched::{CloneFlags, unshare};
use support::{Running, until};

use crate::{LONG, Server, new_caller, new_queue, raw, sets};

/// The queue of a caller whose process has ended without a chance to clean up.
pub(crate) fn dead_caller() -> Queue {
    let (key, queue) = support::spawn(leave_a_caller).join().expect("no panic");
    // The thread has ended as far as this program is concerned; the kernel may have more to do. A
    // sweep may have come first.
    until("the sign to go down", || raw::value(key, 0) != Some(1));
    queue
}

/// Makes a caller that is dead as soon as this thread has ended; its key and its queue.
///
/// What the kernel undoes is kept with threads, which usually share it. This one does not, so that
/// its end is what the end of a process is otherwise.
pub(crate) fn leave_a_caller() -> (i32, Queue) {
    unshare(CloneFlags::CLONE_SYSVSEM).expect("everybody may");
    let caller = Caller::new(Queue::from_id(0)).expect("a caller can be made");
    let queue = caller.reply_queue();
    let key = Status::of(queue).expect("it is ours").key.expect("it has one").raw();
    mem::forget(caller);
    (key, queue)
}

#[test]
fn sign_goes_with_its_caller() {
    support::in_namespace(|room| {
        let callers = [(); 3].map(|()| new_caller(room, Queue::from_id(0)));
        assert_eq!(room.queues().len(), 3);
        assert!(room.queues().iter().all(|queue| queue.key != 0 && queue.perms == 0o600));
        let modes: Vec<_> = sets(room).iter().map(|(mode, _)| *mode).collect();
        assert_eq!(modes, [0o711; 3]);
        drop(callers);
        assert_eq!((room.queues(), sets(room)), (vec![], vec![]));
    });
}

#[test]
fn ipcs_shows_the_sign_and_its_mark() {
    support::in_namespace(|room| {
        let _caller = new_caller(room, Queue::from_id(0));
        let mut ipcs = Command::new("ipcs");
        ipcs.args(["-s", "-i", &sets(room)[0].1.to_string()]);
        let shown = Running::start(ipcs).finish();
        let values: Vec<u32> = shown
            .lines()
            .iter()
            .filter_map(|line| {
                let mut columns = line.split_ascii_whitespace();
                columns.next()?.parse::<u32>().ok()?;
                columns.next()?.parse().ok()
            })
            .collect();
        assert_eq!(values, [1, 0x7265, 0x6c79], "{}", shown.stdout_text());
    });
}

#[test]
fn caller_is_of_no_use_in_a_forked_child_and_lives_on_in_its_parent() {
    support::in_namespace(|room| {
        let server = Server::start(room);
        let mut caller = Some(new_caller(room, server.queue));
        // SAFETY: the child calls, which fails before anything is allocated or locked, and drops
        // its copy, which frees memory only: no other thread of this test allocates meanwhile, and
        // the allocator of glibc and musl is usable in a forked child.
        let child = unsafe { libc::fork() };
        if child == 0 {
            let called = caller.as_mut().map(|caller| caller.call(b"", LONG).map(drop));
            drop(caller.take());
            let status = i32::from(called != Some(Err(Errno::ECHILD)));
            // SAFETY: ends the process, and does nothing on the way.
            unsafe { libc::_exit(status) }
        }
        let mut status = -1;
        // SAFETY: the kernel writes one number at the pointer.
        let waited = unsafe { libc::waitpid(child, &raw mut status, 0) };
        assert_eq!((waited, status), (child, 0));

        assert_eq!(sweep().map(|swept| (swept.living, swept.signs)), Ok((1, 0)));
        let caller = caller.as_mut().expect("it was the child that took it");
        assert_eq!(caller.call(b"hello", LONG), Ok(&b"HELLO"[..]));
        server.stop();
    });
}

#[test]
fn sign_of_one_thread_is_up_while_another_runs() {
    support::in_namespace(|room| {
        let server = new_queue(room);
        let caller = support::spawn(move || Caller::new(server)).join().expect("no panic");
        let caller = caller.expect("a caller can be made");
        assert_eq!(sweep().map(|swept| (swept.living, swept.signs)), Ok((1, 0)));
        assert!(Status::of(caller.reply_queue()).is_ok());
        drop(caller);
        room.remove(server.id());
    });
}

#[test]
fn full_system_has_no_room_for_a_caller_and_nothing_stays() {
    support::in_namespace(|room| {
        let server = new_queue(room);
        room.set_limit("msgmni", 1);
        assert_eq!(Caller::new(server).map(drop), Err(Errno::ENOSPC));
        assert_eq!(sets(room), []);
        room.remove(server.id());
    });
}
