//! What is known of message queues, each fact tried on the model and on the kernel by the same
//! test.
//!
//! `facts.md` lists all of them, also those that the tests of the chapters show.

mod around;
mod control;
mod create;
mod ids;
mod keys;
mod permission;
mod receiving;
mod selecting;
mod sending;
mod sleeping_receivers;
mod sleeping_senders;
mod stage;
mod structure;

use simulator::{Id, Kernel, Limits, Pid};
use simulator_proof::Real;
use stage::Stage;

/// Tries a fact on the model, and then on the kernel.
#[track_caller]
fn on_both(fact: impl Fn(Stage<'_>)) {
    on_both_with(Limits::default(), fact);
}

/// The same with other limits.
#[track_caller]
fn on_both_with(limits: Limits, fact: impl Fn(Stage<'_>)) {
    fact(Stage::model(&mut Kernel::new(limits)));
    support::in_namespace(|_| fact(Stage::real(&mut Real::new(limits))));
}

/// Tries a fact about a private queue that root has made.
#[track_caller]
fn on_a_queue(fact: impl Fn(Stage<'_>, Pid, Id)) {
    on_a_queue_with(Limits::default(), fact);
}

/// The same with other limits.
#[track_caller]
fn on_a_queue_with(limits: Limits, fact: impl Fn(Stage<'_>, Pid, Id)) {
    on_both_with(limits, |mut kernel| {
        let pid = kernel.root();
        let id = kernel.queue(pid);
        fact(kernel, pid, id);
    });
}

/// Tries a fact with several users, of whom there are none where one is not root.
#[track_caller]
fn on_both_with_users(fact: impl Fn(Stage<'_>)) {
    fact(Stage::model(&mut Kernel::new(Limits::default())));
    support::in_namespace(|_| {
        if Real::has_other_users() {
            fact(Stage::real(&mut Real::new(Limits::default())));
        }
    });
}

/// These limits, and as many queues as usual.
fn bytes(msgmax: u32, msgmnb: u32) -> Limits {
    Limits { msgmax, msgmnb, ..Limits::default() }
}
