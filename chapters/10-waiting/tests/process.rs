//! What belongs to the whole process: who handles a signal, what a child inherits, what a user may
//! have.
//!
//! In a test program of its own, in which one test runs at a time: the others wait with timeouts.

use std::ffi::c_int;
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use std::{fs, io, ptr};

use assert_cmd::cargo::cargo_bin;
use ch02_create::{Mode, Queue};
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch10_waiting::{Alarm, Inbox, RecvTimeout, alarm_signal, set_alarm_signal};
use nix::errno::Errno;
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use support::{Room, Running, asleep_in_msg_call, until};

const SHORT: Duration = Duration::from_millis(3);

/// One test at a time.
fn alone(body: impl FnOnce(&Room, Queue)) {
    static LOCK: Mutex<()> = Mutex::new(());
    let _one = LOCK.lock().unwrap_or_else(PoisonError::into_inner);
    support::alone(|room| {
        let queue = Queue::private(Mode::S_IRUSR | Mode::S_IWUSR).expect("a queue can be made");
        room.watch(queue.id());
        body(room, queue);
        room.remove(queue.id());
    });
}

fn receive(queue: Queue) -> nix::Result<bool> {
    Receiver::new(queue).recv_timeout(Select::Any, SHORT).map(|message| message.is_some())
}

/// Gives the signal this handler; `SIG_DFL` takes it away.
fn handle(signal: c_int, handler: libc::sighandler_t) {
    // SAFETY: every handler in these tests does nothing, so it can run anywhere.
    let before = unsafe { libc::signal(signal, handler) };
    assert_ne!(before, libc::SIG_ERR, "it is a signal");
}

extern "C" fn somebody_elses(_: c_int) {
    std::hint::black_box("not the handler of the alarms");
}

#[test]
fn signal_that_somebody_else_handles_is_refused_with_ebusy_and_left_alone() {
    alone(|_, queue| {
        let (usual, theirs) = (alarm_signal(), somebody_elses as *const () as libc::sighandler_t);
        assert_eq!(receive(queue), Ok(false), "the signal is free");

        handle(usual, theirs);
        assert_eq!(receive(queue), Err(Errno::EBUSY));
        let tried = Receiver::new(queue).recv_timeout(Select::Any, Duration::ZERO).map(drop);
        assert_eq!(tried, Ok(()), "a try does not wait");
        assert_eq!(set_alarm_signal(usual), Err(Errno::EBUSY));
        // SAFETY: the handler that is put back is the one that was there.
        assert_eq!(unsafe { libc::signal(usual, theirs) }, theirs, "it has been left alone");
        Sender::new(queue).send(MessageType::ONE, b"hello").expect("there is room");
        assert_eq!(receive(queue), Ok(true), "for a message that is there nobody has to wait");

        assert_eq!(set_alarm_signal(libc::SIGRTMAX()), Ok(()));
        assert_eq!(alarm_signal(), libc::SIGRTMAX());
        assert_eq!(receive(queue), Ok(false), "there are others");

        handle(usual, libc::SIG_DFL);
        assert_eq!(set_alarm_signal(usual), Ok(()));
        assert_eq!(receive(queue), Ok(false), "it is free again");
    });
}

#[test]
fn signal_that_has_a_meaning_is_refused_with_einval() {
    alone(|_, _| {
        let usual = alarm_signal();
        for signal in [0, -1, libc::SIGALRM, libc::SIGKILL, libc::SIGRTMIN() - 1, 1000] {
            assert_eq!(set_alarm_signal(signal), Err(Errno::EINVAL), "{signal}");
        }
        assert_eq!(set_alarm_signal(libc::SIGRTMAX() + 1), Err(Errno::EINVAL));
        assert_eq!(alarm_signal(), usual);
    });
}

#[test]
fn signal_that_is_ignored_later_is_not_ignored_while_waiting() {
    alone(|_, queue| {
        for _ in 0..2 {
            handle(alarm_signal(), libc::SIG_IGN);
            assert_eq!(receive(queue), Ok(false));
        }
    });
}

/// Runs the program with a signal as its parent may have left it.
fn receive_elsewhere(queue: Queue, before: fn() -> io::Result<()>) {
    let mut program = Command::new(cargo_bin!("ch10"));
    program.args(["receive", &queue.id().to_string(), "3"]);
    // SAFETY: `before` runs after fork: it makes system calls, and allocates nothing.
    unsafe { program.pre_exec(before) };
    Running::start(program).finish().code(1).stderr_has("no message came");
}

#[test]
fn program_that_starts_with_the_signal_ignored_wakes() {
    alone(|_, queue| {
        receive_elsewhere(queue, || {
            handle(alarm_signal(), libc::SIG_IGN);
            Ok(())
        });
    });
}

#[test]
fn program_that_starts_with_all_signals_blocked_wakes() {
    alone(|_, queue| {
        receive_elsewhere(queue, || {
            let all = u64::MAX;
            let how = libc::SIG_BLOCK;
            let (new, old) = (&raw const all, ptr::null_mut::<u64>());
            // SAFETY: the kernel reads 8 bytes, its whole set, at the first pointer; the other is
            // null. Past the C library, which leaves its own signals out.
            let done = unsafe { libc::syscall(libc::SYS_rt_sigprocmask, how, new, old, 8) };
            Errno::result(done).map(drop).map_err(io::Error::from)
        });
    });
}

#[test]
fn user_who_may_have_no_timer_gets_enomem() {
    alone(|_, queue| {
        let mut program = Command::new(cargo_bin!("ch10"));
        program.args(["receive", &queue.id().to_string(), "3"]);
        let forbid = || {
            let none = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
            // SAFETY: the kernel reads one structure, which is there.
            let done = unsafe { libc::setrlimit(libc::RLIMIT_SIGPENDING, &raw const none) };
            Errno::result(done).map(drop).map_err(io::Error::from)
        };
        // SAFETY: `forbid` runs after fork: it makes a system call, and allocates nothing.
        unsafe { program.pre_exec(forbid) };
        Running::start(program).finish().code(1).stderr_has("ulimit -i").stderr_has("(ENOMEM)");
    });
}

#[test]
fn inbox_whose_thread_no_signal_can_wake_stops_with_enomem() {
    alone(|_, queue| {
        let mut inbox = Inbox::new(queue, Select::Any).expect("the signal is free");
        assert_eq!(inbox.try_recv().map(|message| message.is_none()), Ok(true));
        until("its thread to sleep", || {
            let threads = fs::read_dir("/proc/self/task").expect("/proc is mounted");
            let mut ids =
                threads.filter_map(|thread| thread.ok()?.file_name().to_str()?.parse().ok());
            ids.any(asleep_in_msg_call)
        });
        let limit = Resource::RLIMIT_SIGPENDING;
        let (soft, hard) = getrlimit(limit).expect("Linux has this limit");
        setrlimit(limit, 0, hard).expect("everybody may lower it");
        let stopped = inbox.stop();
        setrlimit(limit, soft, hard).expect("it was so before");
        assert_eq!(stopped, Err(Errno::ENOMEM));
    });
}

#[test]
fn forked_child_inherits_no_alarm_and_may_have_its_own() {
    alone(|_, queue| {
        let mut receiver = Receiver::new(queue);
        let alarm = Alarm::at(Instant::now()).expect("the signal is free");
        // SAFETY: the child makes system calls alone, allocates nothing, and ends below.
        let child = unsafe { libc::fork() };
        if child == 0 {
            // SAFETY: with a count of 0 the kernel does not look at the pointer.
            let undisturbed = unsafe { libc::poll(ptr::null_mut(), 0, 5) } == 0;
            // The first timer of a process may have the number of the parent's.
            let own = Alarm::at(Instant::now());
            drop(alarm); // the timer of the parent, which must not be harmed
            // SAFETY: as above.
            let rings = own.is_ok() && unsafe { libc::poll(ptr::null_mut(), 0, 10_000) } == -1;
            drop(own);
            let received = receiver.recv_timeout(Select::Any, SHORT);
            let waited = matches!(received, Ok(None));
            let status = if undisturbed && rings && waited { 0 } else { 1 };
            // SAFETY: ends the process, and does nothing on the way.
            unsafe { libc::_exit(status) };
        }
        Errno::result(child).expect("a process can be started");
        let mut status = -1;
        // SAFETY: the kernel writes one number at the pointer.
        while unsafe { libc::waitpid(child, &raw mut status, 0) } == -1 {}
        assert_eq!(status, 0, "1 << 8 is a child that was interrupted or could not wait");
        assert_eq!(receiver.recv(Select::Any).map(drop), Err(Errno::EINTR), "ours still rings");
    });
}
