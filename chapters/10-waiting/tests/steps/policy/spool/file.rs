//! The file of a spool: what it survives, and what is refused.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use ch04_send::Sender;
use ch06_cleanup::set_capacity;
use ch10_waiting::{Fate, Policy, Spool};
use nix::errno::Errno;
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use nix::sys::wait::{WaitStatus, waitpid};
use nix::unistd::{ForkResult, fork};
use support::Running;

use super::{drain, produce, send_kept, with_spool};
use crate::ONE;

#[test]
fn file_that_was_cut_at_any_byte_keeps_every_whole_message() {
    with_spool(|_, queue, path| {
        let mut spool = Spool::open(path).expect("it is new");
        let begin = fs::metadata(path).expect("it is there").len() as usize;
        produce(queue, &mut spool, &["first", "second"]);
        drop(spool);
        let whole = fs::read(path).expect("it is ours");
        let record = |text: &str| size_of::<libc::c_long>() + size_of::<u64>() + text.len();
        for length in 0..=whole.len() {
            fs::write(path, &whole[..length]).expect("it is ours");
            if (1..8).contains(&length) {
                assert_eq!(Spool::open(path).map(drop), Err(Errno::EBADMSG), "cut to {length}");
                continue;
            }
            let expected: &[&str] = match length {
                _ if length < begin + record("first") => &[],
                _ if length < whole.len() => &["first"],
                _ => &["first", "second"],
            };
            assert_eq!(send_kept(path, queue), expected, "cut to {length}");
            assert_eq!(fs::metadata(path).expect("it is there").len() as usize, begin);
            assert_eq!(send_kept(path, queue), [""; 0], "cut to {length}, once");
        }
    });
}

#[test]
fn file_that_was_emptied_and_not_noted_down_keeps_nothing_and_can_be_used() {
    with_spool(|_, queue, path| {
        let mut spool = Spool::open(path).expect("it is new");
        let begin = fs::metadata(path).expect("it is there").len() as usize;
        produce(queue, &mut spool, &["one", "two"]);
        set_capacity(queue, 3).expect("the queue is ours");
        assert_eq!(spool.drain(&mut Sender::new(queue)), Ok(false), "one has been sent");
        drop(spool);
        let noted = fs::read(path).expect("it is ours");
        fs::write(path, &noted[..begin]).expect("it is ours");
        assert_eq!(drain(queue), ["one"]);
        set_capacity(queue, 0).expect("the queue is ours");
        let mut spool = Spool::open(path).expect("it is a spool");
        assert_eq!(produce(queue, &mut spool, &["three"]), [Ok(Fate::Kept)]);
        drop(spool);
        assert_eq!(send_kept(path, queue), ["three"]);
    });
}

#[test]
fn probe_with_a_disk_that_is_full_for_a_while() {
    if std::env::var_os("PROBE_DISK").is_none() {
        return;
    }
    with_spool(|_, queue, path| {
        let mut spool = Spool::open(path).expect("it is new");
        // Whatever is left of the long one would be read as messages.
        let mut long = libc::c_long::from(1_u8).to_ne_bytes().to_vec();
        long.extend(0_u64.to_ne_bytes());
        let long = String::from_utf8(long.repeat(400)).expect("bytes of 0 and 1");
        let fates = produce(queue, &mut spool, &["first", &long]);
        assert_eq!(fates, [Ok(Fate::Kept), Err(Errno::EFBIG)]);
        let space = Resource::RLIMIT_FSIZE;
        let (_, hard) = getrlimit(space).expect("there is a limit");
        setrlimit(space, hard, hard).expect("one's own limit can be raised so far");
        assert_eq!(produce(queue, &mut spool, &["the second of 16"]), [Ok(Fate::Kept)]);
        drop(spool);
        assert_eq!(send_kept(path, queue), ["first", "the second of 16"]);
        println!("both and nothing else");
    });
}

#[test]
fn message_for_which_the_disk_had_no_room_leaves_no_trace() {
    let mut probe = Command::new("bash");
    let test = "policy::spool::file::probe_with_a_disk_that_is_full_for_a_while";
    // A file may have 4 blocks of 1,024 bytes, and a program that wants more only learns of it.
    probe.args(["-c", r#"trap "" XFSZ; ulimit -S -f 4 && exec "$@""#, "bash"]);
    probe.arg(std::env::current_exe().expect("this program has a path"));
    probe.args(["--exact", test, "--nocapture"]).env("PROBE_DISK", "1");
    Running::start(probe).finish().success().stdout_has("both and nothing else");
}

#[test]
fn second_producer_fails_with_ebusy() {
    with_spool(|_, _, path| {
        let spool = Spool::open(path).expect("it is new");
        assert_eq!(Spool::open(path).map(drop), Err(Errno::EBUSY));
        drop(spool);
        assert_eq!(Spool::open(path).map(drop), Ok(()));
    });
}

#[test]
fn other_file_fails_with_ebadmsg_and_stays_as_it_is() {
    with_spool(|_, _, path| {
        for text in ["x", "somebody's letter, not a spool"] {
            fs::write(path, text).expect("it is ours");
            assert_eq!(Spool::open(path).map(drop), Err(Errno::EBADMSG));
            assert_eq!(fs::read_to_string(path).expect("it is there"), text);
        }
        let folder = path.parent().expect("it is in a folder");
        assert_eq!(Spool::open(folder).map(drop), Err(Errno::EISDIR));
        assert_eq!(Spool::open(path.join("no folder")).map(drop), Err(Errno::ENOTDIR));
    });
}

#[test]
fn spool_can_be_read_by_its_owner_alone() {
    with_spool(|_, _, path| {
        let _spool = Spool::open(path).expect("it is new");
        let mode = fs::metadata(path).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    });
}

#[test]
fn forked_child_is_refused_with_echild_and_writes_over_nothing() {
    with_spool(|_, queue, path| {
        let (mut spool, mut sender) = (Spool::open(path).expect("it is new"), Sender::new(queue));
        // SAFETY: the child makes system calls and asks for memory, which the C library allows
        // after fork; it ends without a word.
        let child = match unsafe { fork() }.expect("a process can be started") {
            ForkResult::Child => {
                let refused = spool.send(&mut sender, ONE, b"the child's") == Err(Errno::ECHILD)
                    && spool.drain(&mut sender) == Err(Errno::ECHILD);
                // SAFETY: it ends the process and nothing else.
                unsafe { libc::_exit(i32::from(!refused)) }
            }
            ForkResult::Parent { child } => child,
        };
        assert_eq!(produce(queue, &mut spool, &["the parent's"]), [Ok(Fate::Kept)]);
        assert_eq!(waitpid(child, None), Ok(WaitStatus::Exited(child, 0)), "1: it was let in");
        drop(spool);
        assert_eq!(send_kept(path, queue), ["the parent's"]);
    });
}
