//! Who is asleep in a message call, and who can tell?

use crate::probe::{NOBODY, finish, run, this_program};
use crate::raw;
use nix::errno::Errno;
use std::process::Command;
use std::sync::atomic::{AtomicI32, Ordering};
use std::thread;
use support::{Running, as_user, asleep_in_msg_call, copy_for_others, this_thread, until};

/// Runs `check` with the id of a thread that is asleep in msgrcv.
fn with_sleeper(check: impl FnOnce(i32)) {
    support::alone(|room| {
        let id = raw::create(room.key()).expect("the key is unused");
        let sleeper = AtomicI32::new(0);
        thread::scope(|scope| {
            let thread = scope.spawn(|| {
                sleeper.store(this_thread(), Ordering::SeqCst);
                raw::receive(id)
            });
            until("the thread to sleep in msgrcv", || {
                let sleeper = sleeper.load(Ordering::SeqCst);
                sleeper != 0 && asleep_in_msg_call(sleeper)
            });
            check(sleeper.load(Ordering::SeqCst));
            room.remove(id);
            assert_eq!(thread.join().expect("no panic"), Err(Errno::EIDRM));
        });
        assert!(!asleep_in_msg_call(sleeper.load(Ordering::SeqCst)), "it has ended");
    });
}

#[test]
fn sleeper_in_msgrcv_is_recognised() {
    with_sleeper(|sleeper| assert!(asleep_in_msg_call(sleeper)));
}

#[test]
fn other_sleep_is_not_taken_for_a_message_call() {
    support::alone(|_| {
        let cat = Running::start(Command::new("cat"));
        let state = || {
            let stat = std::fs::read_to_string(format!("/proc/{}/stat", cat.id()));
            stat.expect("cat runs").contains("(cat) S")
        };
        until("cat to wait for input", state);
        assert!(!asleep_in_msg_call(cat.id()));
        assert!(!asleep_in_msg_call(this_thread()), "this thread is awake");
        cat.finish().success();
    });
}

/// Says about the thread in `PROBE_THREAD` whether it is asleep.
#[test]
fn probe_from_outside() {
    let thread = std::env::var("PROBE_THREAD").map(|thread| thread.parse());
    let thread = thread.unwrap_or_else(|_| Ok(this_thread())).expect("a thread's id");
    let (call, asleep) = (format!("/proc/{thread}/syscall"), asleep_in_msg_call(thread));
    println!("may see the call: {}, asleep: {asleep}", std::fs::read_to_string(call).is_ok());
    assert!(!asleep || thread != this_thread(), "this thread is awake");
}

#[test]
fn sleeper_is_recognised_without_the_right_to_see_the_call() {
    let (_directory, copy) = copy_for_others(this_program());
    let ask = |thread: i32| {
        let mut command =
            run(copy.to_str().expect("a path in UTF-8"), "sleepers::probe_from_outside");
        command.env("PROBE_THREAD", thread.to_string());
        as_user(NOBODY, &mut command).then(|| finish(command))
    };
    with_sleeper(|sleeper| {
        if let Some(finished) = ask(sleeper) {
            finished.success().stdout_has("may see the call: false, asleep: true");
        }
        let busy = Running::start({
            let mut sh = Command::new("sh");
            sh.args(["-c", "while :; do :; done"]);
            sh
        });
        if let Some(finished) = ask(busy.id()) {
            finished.success().stdout_has("may see the call: false, asleep: false");
        }
    });
}
