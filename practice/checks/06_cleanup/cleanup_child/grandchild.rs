//! A child that forks in its turn.

use super::*;
use std::mem;

#[test]
fn copy_in_a_child_of_the_child_is_a_copy_too() {
    alone(|room| {
        let (ours, theirs) = (queue(room), queue(room));
        let guard = Guard::new(ours);
        drops(|| {
            // SAFETY: the copy is read once, and the child ends without another look at the
            // original.
            drop(unsafe { ptr::read(&raw const guard) });
        });
        let always = !is_there(room, ours.id());
        drops(|| {
            let guard = Guard::new(theirs);
            // SAFETY: the child of the child drops a copy, makes a system call, and ends.
            let child = unsafe { libc::fork() };
            if child == 0 {
                // SAFETY: the copy is read once, and this process ends.
                drop(unsafe { ptr::read(&raw const guard) });
                // SAFETY: _exit takes a number and does not return.
                unsafe { libc::_exit(0) };
            }
            // SAFETY: the null pointer stands for a status that nobody wants.
            unsafe { libc::waitpid(child, ptr::null_mut(), 0) };
            mem::forget(guard);
        });
        let taken_away = !is_there(room, theirs.id());
        drop(guard);
        clear(room);
        // Another test says it if every child removes the queue.
        assert!(
            always || !taken_away,
            "a child has made a guard and forked a child of its own, and that one has taken the queue away: whether \
             this is a child is not enough, every fork must change what you compare"
        );
    });
}
