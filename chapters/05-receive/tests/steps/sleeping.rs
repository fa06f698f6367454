//! Waiting for a message, and what ends it.

use std::ffi::c_int;
use std::fs;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use ch05_receive::{Receiver, Select};
use nix::errno::Errno;
use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, sigaction};
use support::{Running, asleep_in_msg_call, until, while_asleep};

use crate::{new_queue, number, read, send};

#[test]
fn sleeping_receiver_is_woken_by_a_message() {
    support::alone(|room| {
        let queue = new_queue(room);
        let received = while_asleep(
            || Receiver::new(queue).recv(Select::Any).map(read),
            |_| send(queue, &[(1, "good morning")]),
        );
        assert_eq!(received, Ok((1, "good morning".to_owned())));
        room.remove(queue.id());
    });
}

#[test]
fn two_sleepers_get_one_message_each() {
    support::alone(|room| {
        let queue = new_queue(room);
        let receive = || Receiver::new(queue).recv(Select::Any).map(read);
        let mut second = None;
        let first = while_asleep(receive, |_| {
            second = Some(while_asleep(receive, |_| send(queue, &[(1, "a"), (1, "b")])));
        });
        let mut texts =
            [first, second.expect("it has run")].map(|received| received.expect("a message").1);
        texts.sort();
        assert_eq!(texts, ["a", "b"]);
        room.remove(queue.id());
    });
}

#[test]
fn sleeping_receiver_learns_of_the_removal() {
    support::alone(|room| {
        let queue = new_queue(room);
        let received = while_asleep(
            || Receiver::new(queue).recv(Select::Any).map(read),
            |_| room.remove(queue.id()),
        );
        assert_eq!(received, Err(Errno::EIDRM));
    });
}

#[test]
fn signal_interrupts_a_sleeping_receiver_whatever_sa_restart_says() {
    extern "C" fn nothing(_: c_int) {}
    let handler = SigHandler::Handler(nothing);
    let action = SigAction::new(handler, SaFlags::SA_RESTART, SigSet::empty());
    // SAFETY: the handler does nothing, so it can run anywhere. No other test uses this signal.
    unsafe { sigaction(Signal::SIGUSR1, &action) }.expect("SIGUSR1 can be handled");

    support::alone(|room| {
        let queue = new_queue(room);
        let mut receiver = Receiver::new(queue);
        let received = while_asleep(
            || receiver.recv(Select::Any).map(read),
            |sleeper| {
                let process = std::process::id();
                // SAFETY: the call takes three numbers.
                let done =
                    unsafe { libc::syscall(libc::SYS_tgkill, process, sleeper, libc::SIGUSR1) };
                Errno::result(done).expect("the thread is ours");
            },
        );
        assert_eq!(received, Err(Errno::EINTR));
        send(queue, &[(1, "afterwards")]);
        let received = receiver.recv(Select::Any).map(read);
        assert_eq!(received, Ok((1, "afterwards".to_owned())), "calling again is all it takes");
        room.remove(queue.id());
    });
}

#[test]
fn being_stopped_and_continued_does_not_interrupt() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut command = Command::new(cargo_bin!("ch05"));
        command.arg(queue.id().to_string());
        let program = Running::start(command);
        let asleep = || asleep_in_msg_call(program.id());
        until("the program to sleep in msgrcv", asleep);
        program.signal(Signal::SIGSTOP);
        until("the program to be stopped", || {
            let stat = fs::read_to_string(format!("/proc/{}/stat", program.id()));
            stat.expect("it runs").contains(") T ")
        });
        program.signal(Signal::SIGCONT);
        until("the program to sleep in msgrcv again", asleep);
        send(queue, &[(1, "hello")]);
        let finished = program.finish();
        finished.success().stdout_is("type 1, 5 bytes: \"hello\"\n").stderr_is("");
        room.remove(queue.id());
    });
}

#[test]
fn sleeper_that_wants_another_type_sleeps_on() {
    support::alone(|room| {
        let queue = new_queue(room);
        let received = while_asleep(
            || Receiver::new(queue).recv(Select::Exactly(number(2))).map(read),
            |sleeper| {
                send(queue, &[(1, "one")]);
                assert!(asleep_in_msg_call(sleeper));
                room.remove(queue.id());
            },
        );
        assert_eq!(received, Err(Errno::EIDRM));
    });
}
