//! POSIX queues: few of them, and sizes that are fixed.

use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use ch13_other_queues::{HandOver, MessageQueue, Posix, Role};
use nix::errno::Errno;
use nix::mqueue::{MQ_OFlag, MqAttr, mq_close, mq_open, mq_receive, mq_unlink};
use nix::sys::stat::Mode;
use support::{copy_for_others, this_thread};

use crate::{Tried, alone};

/// Runs this as a user who has no other queue, if root may choose one. Somebody else has to be
/// alone with this program.
fn as_new_user<T: Send>(body: impl Fn() -> T + Send + Sync) -> T {
    let user = 700_000 + std::process::id();
    support::as_stranger(user, &body).unwrap_or_else(&body)
}

/// Makes so many queues under the usual limit, whatever the machine's is: what was said, and the
/// exit status.
fn many(count: u32) -> (String, String, Option<i32>) {
    let (_copied, program) = copy_for_others(cargo_bin!("ch13"));
    let mut command = Command::new("prlimit");
    command.arg("--msgqueue=819200").arg(program).args(["many", "posix", &count.to_string()]);
    let output = command.output().expect("prlimit comes with ipcs");
    let [stdout, stderr] = [output.stdout, output.stderr].map(|text| {
        let text = String::from_utf8(text).expect("it is text");
        text.split(';').next().unwrap_or_default().to_owned()
    });
    (stdout, stderr, output.status.code())
}

fn made(count: u32) -> (String, String, Option<i32>) {
    (format!("{count} queues at the same time"), String::new(), Some(0))
}

fn refused(after: u32) -> (String, String, Option<i32>) {
    let sentence = "all POSIX queues of this user together may not take more bytes, however few \
                    there are (ulimit -q)";
    let refused = format!("ch13: queue {}: {sentence}", after + 1);
    (format!("{after} queues at the same time"), refused, Some(1))
}

#[test]
fn tenth_default_queue_is_refused_with_emfile() {
    alone(|_| as_new_user(|| assert_eq!((many(9), many(10)), (made(9), refused(9)))));
}

#[test]
fn descriptors_that_have_run_out_are_emfile_and_named_too() {
    alone(|_| {
        let mut command = Command::new("prlimit");
        command.args(["--nofile=4"]).arg(cargo_bin!("ch13")).args(["many", "posix", "9"]);
        let output = command.output().expect("prlimit comes with ipcs");
        let told = String::from_utf8(output.stderr).expect("it is text");
        assert!(told.contains("(ulimit -n) (EMFILE)"), "{told}");
    });
}

#[test]
fn system_that_allows_smaller_queues_only_is_einval_and_named() {
    alone(|_| {
        let script = "echo 5 >/proc/sys/fs/mqueue/msg_max || exit 97
            exec setpriv --bounding-set=-sys_resource --inh-caps=-sys_resource \"$0\" many posix 1";
        for unshare in [&["--ipc"][..], &["--user", "--map-root-user", "--ipc"]] {
            let mut command = Command::new("unshare");
            command.args(unshare).args(["sh", "-c", script]).arg(cargo_bin!("ch13"));
            let output = command.output().expect("unshare is there");
            let told = String::from_utf8(output.stderr).expect("it is text");
            if !told.contains("unshare: ") && output.status.code() != Some(97) {
                return assert!(told.contains("fs/mqueue (EINVAL)"), "{told}");
            }
        }
        eprintln!("skipped: the limits of POSIX queues cannot be set here");
    });
}

#[test]
fn queues_of_another_process_of_the_same_user_count() {
    alone(|_| {
        as_new_user(|| {
            let ours = [(); 4].map(|()| Posix::pair().expect("there may be four"));
            assert_eq!(many(10), refused(5));
            drop(ours);
            assert_eq!(many(9), made(9));
        });
    });
}

#[test]
fn smaller_queue_fits_where_a_default_one_is_refused() {
    alone(|_| {
        as_new_user(|| {
            let _ours = [(); 9].map(|()| Posix::pair().expect("there may be nine"));
            assert_eq!(many(1), refused(0));
            let name = small_queue(5);
            mq_unlink(name.as_str()).expect("it is ours");
        });
    });
}

/// A queue for ten messages of this many bytes.
fn small_queue(size: i64) -> String {
    let name = format!("/ch13-small-{}", this_thread());
    let flags = MQ_OFlag::O_RDWR | MQ_OFlag::O_CREAT | MQ_OFlag::O_EXCL;
    let attributes = MqAttr::new(0, 10, size, 0);
    let queue = mq_open(name.as_str(), flags, Mode::S_IRWXU, Some(&attributes));
    mq_close(queue.expect("there is room for it")).expect("it is open");
    name
}

#[test]
fn message_longer_than_the_queue_was_made_for_is_refused_with_emsgsize() {
    alone(|_| {
        let name = small_queue(5);
        let mut queue = Posix::open(&name, MQ_OFlag::O_RDWR).expect("it is there");
        mq_unlink(name.as_str()).expect("it is ours");
        assert_eq!(queue.send(b"hello!"), Err(Errno::EMSGSIZE));
        assert_eq!(queue.send(b"hello"), Ok(()));
        assert_eq!(queue.recv(), Ok(Some(&b"hello"[..])));
    });
}

#[test]
fn buffer_shorter_than_the_longest_message_is_refused_with_emsgsize() {
    alone(|room| {
        let (mut sender, receiver) = Posix::pair_in(room);
        sender.send(b"hello").expect("there is room");
        let short = mq_receive(receiver.queue(), &mut [0; 8191], &mut 0);
        assert_eq!(short, Err(Errno::EMSGSIZE));
        assert_eq!(mq_receive(receiver.queue(), &mut [0; 8192], &mut 0), Ok(5));
    });
}

#[test]
fn name_goes_with_the_receiving_end_of_the_pair_and_with_no_other() {
    alone(|room| {
        for close in [drop, |end: Posix| end.close().expect("it is open")] {
            let (sender, receiver) = Posix::pair_in(room);
            let mut child = Command::new("true");
            sender.give(&mut child, Role::Sender).expect("it has a name");
            let name = child.get_envs().find_map(|(_, name)| name?.to_str()).expect("it is there");
            let open = || Posix::open(name, MQ_OFlag::O_RDONLY).map(drop);

            drop(receiver.try_clone().expect("there may be two"));
            assert_eq!((sender.close(), open()), (Ok(()), Ok(())));
            close(receiver);
            assert_eq!(open(), Err(Errno::ENOENT));
        }
    });
}
