//! User 0 who is not root: in a user namespace.

use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use ch01_key_setup::Key;
use ch02_create::Queue;
use ch12_rights::Settings;
use support::{Finished, Running, as_stranger};

use crate::ends::Folder;
use crate::{ANN, EVERYBODYS, OURS, new_queue};

/// The command that runs a program as user 0 of a new user namespace, who is ourselves outside;
/// `None`, and a word about it, where there are none to be had.
fn as_root_of_a_user_namespace(args: &[&str]) -> Option<Command> {
    let unshare = || {
        let mut command = Command::new("unshare");
        command.arg("-Ur");
        command
    };
    let possible = unshare().arg("true").output().is_ok_and(|tried| tried.status.success());
    if !possible {
        println!("skipped: user namespaces are not to be had here");
        return None;
    }
    let mut command = unshare();
    command.arg(cargo_bin!("ch12")).args(args);
    Some(command)
}

fn run(args: &[&str]) -> Option<Finished> {
    as_root_of_a_user_namespace(args).map(|command| Running::start(command).finish())
}

#[test]
fn root_of_a_user_namespace_may_do_with_its_own_queue_what_its_owner_may() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        if let Some(shown) = run(&["show", &queue.id().to_string()]) {
            shown.success().stdout_has("you       may read and change it");
            let allowed = run(&["allow", &queue.id().to_string(), "660"]);
            allowed.expect("as before").success().stdout_has("rw-rw---- 660");
        }
        room.remove(queue.id());
    });
}

#[test]
fn root_of_a_user_namespace_is_a_stranger_to_the_queues_of_others() {
    support::alone(|room| {
        let Some(queues) =
            as_stranger(ANN, || [OURS, EVERYBODYS].map(|mode| new_queue(room, mode)))
        else {
            return;
        };
        let [private, open] = queues.map(|queue| queue.id().to_string());
        if let Some(shown) = run(&["show", &private]) {
            shown.success().stdout_has("you       may neither read nor change it");
            let shown = run(&["show", &open]).expect("as before");
            shown.success().stdout_has("you       may read it, not change it");
            let refused = run(&["allow", &open, "600"]).expect("as before");
            refused.code(1).stdout_is("").stderr_has("(EPERM)");
        }
        queues.iter().for_each(|queue| room.remove(queue.id()));
    });
}

#[test]
fn user_without_a_number_here_is_not_taken_for_the_one_that_stands_for_all_of_them() {
    support::alone(|room| {
        let key = Key::new(room.key()).expect("not 0");
        let make = || Queue::create_new(key, OURS).expect("no queue has it");
        let Some(queue) = as_stranger(ANN, make) else { return };
        if let Some(found) = run(&["find", &key.raw().to_string(), "65534"]) {
            found.code(1).stdout_is("").stderr_has("was not made by").stderr_has("(EPERM)");
        }
        room.remove(queue.id());
    });
}

/// Outside of user namespaces 65534 is somebody.
#[test]
fn user_65534_has_made_the_queue_where_everybody_has_a_number() {
    support::alone(|room| {
        let key = Key::new(room.key()).expect("not 0");
        let make = || Queue::create_new(key, OURS).expect("no queue has it");
        let Some(queue) = as_stranger(65_534, make) else { return };
        let nobody = nix::unistd::Uid::from_raw(65_534);
        assert_eq!(ch12_rights::open_created_by(key, &[nobody]), Ok(queue));
        room.remove(queue.id());
    });
}

#[test]
fn queue_whose_owner_has_no_number_here_cannot_be_changed() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        let given = Settings::new().owner(nix::unistd::Uid::from_raw(ANN)).apply(queue);
        // In a user namespace of ours that user has no number either.
        if given.is_ok() {
            if let Some(changed) = run(&["allow", &queue.id().to_string(), "660"]) {
                let changed = changed.code(1).stdout_is("");
                changed.stderr_has("has no number in this user namespace (EINVAL)");
            }
        }
        room.remove(queue.id());
    });
}

#[test]
fn user_without_a_number_here_is_not_served() {
    support::alone(|room| {
        let folder = Folder::new("unknown");
        let socket = folder.socket();
        let socket = socket.to_str().expect("UTF-8");
        let (_copied, program) = support::copy_for_others(cargo_bin!("ch12"));
        let mut client = Command::new(program);
        client.args(["send", socket, "root", "hello"]);
        if !support::as_user(ANN, &mut client) {
            return;
        }
        let Some(server) = as_root_of_a_user_namespace(&["serve", socket]) else { return };
        let server = Running::start(server);
        support::until("the server", || server.stdout_so_far().contains("serving at"));
        let sent = Running::start(client).finish();
        sent.code(1).stdout_is("").stderr_has("the server has hung up").stderr_has("(ECONNRESET)");
        server.signal(nix::sys::signal::Signal::SIGTERM);
        let served = server.finish();
        served.success().stderr_has("no number in this user namespace");
        assert_eq!(room.queues(), []);
    });
}
