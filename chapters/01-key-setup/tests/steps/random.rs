//! A key that nobody has agreed on.

use std::array;
use std::collections::HashSet;
use std::fs::File;
use std::io::Read;
use std::os::fd::AsFd;
use std::ptr;

use ch01_key_setup::Key;
use nix::errno::Errno;
use nix::unistd::{pipe, write};

#[test]
fn random_keys_differ() {
    let keys: HashSet<_> = (0..10_000).map(|_| Key::random()).collect();
    // Of 10,000 out of 4 billion two are equal once in 86 runs; ten pairs are not seen.
    assert!(keys.len() > 9_990, "{} different ones", keys.len());
}

#[test]
fn random_key_may_have_each_bit_set_or_not() {
    let keys: [u32; 256] = array::from_fn(|_| Key::random().raw() as u32);
    let (some, all) = keys.iter().fold((0, u32::MAX), |(or, and), key| (or | key, and & key));
    assert_eq!((some, all), (u32::MAX, 0));
}

#[test]
fn forked_child_does_not_repeat_its_parents_keys() {
    support::alone(|_| {
        let _ = Key::random(); // std now has what a child inherits
        let children = [(); 8].map(|()| keys_of_a_child(libc::SIGCHLD));
        let parent: HashSet<_> = (0..KEYS).map(|_| Key::random().raw()).collect();
        assert_all_different(children.iter().flatten().copied().chain(parent));
    });
}

#[test]
fn children_with_the_same_process_id_do_not_repeat_each_others_keys() {
    support::in_namespace(|_| {
        let _ = Key::random();
        // Each is process 1 of a pid namespace of its own.
        let children = [(); 8].map(|()| keys_of_a_child(libc::CLONE_NEWPID | libc::SIGCHLD));
        assert_all_different(children.into_iter().flatten());
    });
}

const KEYS: usize = 100;

fn assert_all_different(keys: impl IntoIterator<Item = i32>) {
    let keys: Vec<_> = keys.into_iter().collect();
    let different: HashSet<_> = keys.iter().collect();
    // Two of 900 are equal by chance once in 10,000 runs; a child that repeats others has all 100.
    assert!(keys.len() - different.len() < 3, "{} of {}", different.len(), keys.len());
}

/// What a child process gets that is made with these flags of clone(2).
fn keys_of_a_child(flags: libc::c_int) -> Vec<i32> {
    let (reader, writer) = pipe().expect("a pipe can be made");
    let nothing = ptr::null_mut::<libc::c_void>();
    // SAFETY: without CLONE_VM this is a fork. The child computes numbers, writes them and ends;
    // it allocates nothing and takes no lock that another thread may have held.
    let child =
        unsafe { libc::syscall(libc::SYS_clone, flags, nothing, nothing, nothing, nothing) };
    if Errno::result(child).expect("a process can be started") == 0 {
        let sent = (0..KEYS).all(|_| {
            let bytes = Key::random().raw().to_ne_bytes();
            write(writer.as_fd(), &bytes) == Ok(bytes.len())
        });
        // SAFETY: ends the process, and does nothing on the way.
        unsafe { libc::_exit(i32::from(!sent)) };
    }
    drop(writer);
    let mut bytes = Vec::new();
    File::from(reader).read_to_end(&mut bytes).expect("the pipe can be read");
    // SAFETY: without a place for the status the kernel writes nothing.
    let waited = unsafe { libc::waitpid(child as libc::pid_t, ptr::null_mut(), 0) };
    Errno::result(waited).expect("it is our child");
    assert_eq!(bytes.len(), 4 * KEYS);
    let key = |bytes: &[u8]| i32::from_ne_bytes(bytes.try_into().expect("four of them"));
    bytes.chunks(4).map(key).collect()
}
