//! Around the queues: namespaces and tools, N1 to N3. There is no model of these.

use std::process::Command;

use nix::errno::Errno;
use nix::sched::{CloneFlags, unshare};
use support::{Finished, Room, Running};

/// A queue with the key 1234 and one message.
fn queue_with_a_message() -> i32 {
    // SAFETY: msgget takes two numbers and touches no memory of ours.
    let id = unsafe { libc::msgget(1234, libc::IPC_CREAT | libc::IPC_EXCL | 0o600) };
    let id = Errno::result(id).expect("the key is unused");
    let message: libc::c_long = 1;
    // SAFETY: the kernel reads one `c_long` and no byte behind it.
    let sent = unsafe { libc::msgsnd(id, (&raw const message).cast(), 0, 0) };
    Errno::result(sent).expect("there is room");
    id
}

fn run(program: &str, args: &[&str]) -> Finished {
    let mut command = Command::new(program);
    command.args(args);
    Running::start(command).finish()
}

#[test]
fn one_thread_enters_an_ipc_namespace_and_the_others_stay() {
    support::in_namespace(|room| {
        let id = queue_with_a_message();
        let elsewhere = std::thread::spawn(|| {
            unshare(CloneFlags::CLONE_NEWIPC).expect("in a namespace one is root");
            std::fs::read_to_string("/proc/sysvipc/msg").expect("everybody may read it")
        });
        let list = elsewhere.join().expect("no panic");
        assert_eq!(list.lines().count(), 1, "there are only the headings: {list}");
        assert_eq!(room.queues().len(), 1);
        room.remove(id);
    });
}

#[test]
fn process_with_threads_entering_a_user_namespace_fails_with_einval() {
    // A test has a thread of its own beside the first one of the program.
    let entered = unshare(CloneFlags::CLONE_NEWUSER);
    assert_eq!(entered, Err(Errno::EINVAL));
}

#[test]
fn limits_of_a_namespace_are_its_own() {
    support::in_namespace(|room| {
        room.set_limit("msgmni", 1);
        let elsewhere = std::thread::spawn(|| {
            unshare(CloneFlags::CLONE_NEWIPC).expect("in a namespace one is root");
            std::fs::read_to_string("/proc/sys/kernel/msgmni").expect("everybody may read it")
        });
        assert_eq!(elsewhere.join().expect("no panic"), "32000\n");
        assert_eq!(room.limit("msgmni"), 1);
    });
}

#[test]
fn sender_in_another_pid_namespace_is_process_0() {
    fn sender(room: &Room, list: &str) -> i32 {
        let line = list.lines().nth(1).expect("there is a queue");
        assert_eq!(room.queues().len(), 1);
        let lspid = line.split_ascii_whitespace().nth(5);
        lspid.expect("the sixth column").parse().expect("a number")
    }
    support::in_namespace(|room| {
        let id = queue_with_a_message();
        let here = run("cat", &["/proc/sysvipc/msg"]).success().stdout_text().into_owned();
        assert_eq!(sender(room, &here), std::process::id() as i32);
        let inside = ["--pid", "--fork", "--mount-proc", "cat", "/proc/sysvipc/msg"];
        let there = run("unshare", &inside).success().stdout_text().into_owned();
        assert_eq!(sender(room, &there), 0);
        room.remove(id);
    });
}

#[test]
fn tools_show_and_remove_queues() {
    support::in_namespace(|room| {
        let id = queue_with_a_message().to_string();
        let shows = |args: &[&str], text: &str| {
            run("ipcs", args).success().stdout_has(text);
        };
        shows(&["-q"], "0x000004d2");
        shows(&["-q", "-p"], "lspid");
        shows(&["-q", "-t"], "recv");
        shows(&["-q", "-l"], "16384");
        shows(&["-q", "-u"], "allocated queues = 1");
        shows(&["-q", "-i", &id], "qbytes=16384");
        run("lsipc", &["-q"]).success().stdout_has("0x000004d2");
        run("ipcrm", &["-Q", "1234"]).success();
        assert_eq!(room.queues(), []);
        run("ipcmk", &["-Q"]).success();
        let made = room.queues()[0].msqid.to_string();
        run("ipcrm", &["-q", &made]).success();
        assert_eq!(room.queues(), []);
    });
}
