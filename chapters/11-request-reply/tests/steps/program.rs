//! The program: a server, its callers, and the sweep.

use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};
use ch06_cleanup::{Status, remove, set_capacity};
use support::{BAD_OUTPUTS, Finished, Running};

use crate::signs::dead_caller;
use crate::sweeps::Others;
use crate::{NOBODY, OURS, Server};

fn ch11(args: &[&str]) -> Command {
    let mut command = Command::new(cargo_bin!("ch11"));
    command.args(args);
    command
}

fn finished(args: &[&str]) -> Finished {
    Running::start(ch11(args)).finish()
}

#[test]
fn server_answers_in_capitals_and_counts() {
    support::alone(|room| {
        let key = Key::new(room.key()).expect("not 0");
        let text = key.to_string();
        let mut server = Running::start(ch11(&["serve", &text]));
        server.wait_for_text("waiting for requests in queue");
        let queue = Queue::open(key).expect("the server has made it");
        let mode = Status::of(queue).map(|status| status.mode);
        assert_eq!(mode, Ok(OURS));

        finished(&["ask", &text, "hello"]).success().stdout_is("HELLO (request 1)\n");
        finished(&["ask", &text, "1 grüße\t"])
            .success()
            .stdout_is("GR\\xc3\\x9cSSE\\t (request 2)\n");
        let late = finished(&["ask", &text, "900 slow", "--timeout", "600"]);
        late.code(1).stdout_is("").stderr_has("no reply within 600 ms").stderr_has("(ETIMEDOUT)");
        finished(&["ask", &text, "5 fast"]).success().stdout_is("FAST (request 4)\n");

        remove(queue).expect("the queue is ours");
        let id = queue.id();
        let served = server.finish();
        served.success().stderr_is("").stdout_is(format!(
            "waiting for requests in queue {id}; it ends with the queue: ch06 remove {id}\n\
             request 1 answered: \"hello\"\n\
             request 2 answered: \"1 gr\\xc3\\xbc\\xc3\\x9fe\\t\"\n\
             request 3 done, not answered: its caller has gone, or the reply is too long (EINVAL)\n\
             request 4 answered: \"5 fast\"\n\
             queue {id} has been removed; 4 requests were done\n"
        ));
    });
}

#[test]
fn missing_server_is_explained() {
    support::alone(|room| {
        let asked = finished(&["ask", &room.key().to_string(), "hello"]);
        asked.code(1).stdout_is("").stderr_has("start the program that makes it (ENOENT)");
    });
}

#[test]
fn full_system_and_full_queue_are_explained() {
    support::in_namespace(|room| {
        let key = Key::new(room.key()).expect("not 0");
        let queue = Queue::create_new(key, OURS).expect("the key is unused");
        let ask = ["ask", &key.to_string(), "hello", "--timeout", "1"];
        set_capacity(queue, 0).expect("the queue is ours");
        finished(&ask).code(1).stderr_has("nothing was sent").stderr_has("(EAGAIN)");
        room.set_limit("msgmni", 1);
        finished(&ask).code(1).stderr_has("sweep away").stderr_has("(ENOSPC)");
        room.remove(queue.id());
    });
}

#[test]
fn queue_that_may_not_be_written_is_explained() {
    support::alone(|room| {
        let key = Key::new(room.key()).expect("not 0");
        let queue = Queue::create_new(key, Mode::S_IRUSR).expect("the key is unused");
        let (_copied, program) = support::copy_for_others(cargo_bin!("ch11"));
        let mut command = Command::new(program);
        command.args(["ask", &key.to_string(), "hello"]);
        if support::as_user(NOBODY, &mut command) {
            let failed = Running::start(command).finish();
            failed.code(1).stderr_has("does not let you write").stderr_has("(EACCES)");
        }
        room.remove(queue.id());
    });
}

#[test]
fn sweep_prints_what_it_has_done() {
    support::in_namespace(|room| {
        dead_caller();
        room.remove(dead_caller().id());
        let first = "queues removed: 1, signs removed: 2, living callers: 0\n";
        finished(&["sweep"]).success().stdout_is(first).stderr_is("");
        let second = "queues removed: 0, signs removed: 0, living callers: 0\n";
        finished(&["sweep", "--age", "0"]).success().stdout_is(second);
    });
}

#[test]
fn sleeping_caller_stops_one_queue_and_no_private_queues() {
    support::alone(|_| {
        let measured = finished(&["measure", "4", "25", "1"]);
        let lines = measured.success().stderr_is("").lines();
        let answered: Vec<_> = lines[3..]
            .iter()
            .map(|line| {
                let (name, numbers) = line.split_at(36);
                (name.trim_end().to_owned(), numbers.split_whitespace().last().map(str::to_owned))
            })
            .collect();
        let row = |name: &str, answered: &str| (name.to_owned(), Some(answered.to_owned()));
        assert_eq!(
            answered,
            [
                row("private queues   nothing", "100"),
                row("one queue        nothing", "100"),
                row("private queues   one dead", "100"),
                row("one queue        one dead", "100"),
                row("private queues   one asleep", "100"),
                row("one queue        one asleep", "0"),
            ]
        );
    });
}

#[test]
fn killed_callers_and_sweeps_leave_nothing_and_disturb_nobody() {
    support::in_namespace(|room| {
        let others = Others::new(room);
        let killed = finished(&["kill", "100"]);
        killed.success().stdout_has("callers killed: 100, sweeps killed: 25,");
        killed.stdout_has("queues and sets left over: 0, others' touched: 0\n");
        others.assert_untouched_and_remove(room);
    });
}

#[test]
fn bad_output_ends_with_a_sentence_and_leaves_no_caller() {
    support::alone(|room| {
        let server = Server::start(room);
        let key = server.key.to_string();
        for bad in BAD_OUTPUTS {
            let finished = bad.run(cargo_bin!("ch11"), &["ask", &key, "hello"]);
            if !bad.known_at_start {
                finished.stderr_has("the reply was \"HELLO\"");
            }
            bad.run(cargo_bin!("ch11"), &["sweep"]);
            bad.run(cargo_bin!("ch11"), &["--help"]);
            assert_eq!(room.queues().len(), 1);
        }
        let expected = BAD_OUTPUTS.iter().filter(|bad| !bad.known_at_start).count();
        assert_eq!(server.stop().len(), expected, "nothing is asked that cannot be shown");
    });
}

#[test]
fn server_without_output_leaves_its_queue_to_the_next_one() {
    support::alone(|room| {
        let key = Key::new(room.key()).expect("not 0");
        let mut left = 0;
        for bad in BAD_OUTPUTS {
            let finished = bad.run(cargo_bin!("ch11"), &["serve", &key.to_string()]);
            if !bad.known_at_start {
                finished.stderr_has("stays, for the next server");
                left += 1;
            }
        }
        assert!(left > 0);
        room.remove(Queue::open(key).expect("it stays").id());
    });
}

#[test]
fn wrong_arguments_are_refused_with_a_reason() {
    for (args, reason) in [
        (&["serve", "0"][..], "IPC_PRIVATE"),
        (&["ask", "key", "hello"], "a key is a whole number"),
        (&["ask", "1", "hello", "--timeout", "soon"], "a timeout is a whole number"),
        (&["sweep", "--age", "-1"], "an age is a whole number"),
        (&["measure", "0", "1", "1"], "usage"),
        (&["kill", "0"], "usage"),
    ] {
        finished(args).code(2).stdout_is("").stderr_has(reason);
    }
}

#[test]
fn usage_is_printed_for_help_and_after_misuse() {
    let wrong = [&[][..], &["serve"], &["ask", "1"], &["sweep", "1"], &["destroy"]];
    support::usage_is_printed(cargo_bin!("ch11"), &wrong);
}
