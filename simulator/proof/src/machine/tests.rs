//! That a difference is seen, and reported.

use simulator::{IPC_CREAT, IPC_NOWAIT, Id, Limits};

use crate::calls::Call;
use crate::{Calls, Real, Route};

use super::case::Case;
use super::compare::{compare, compare_with};
use super::models::Models;
use super::operation::{Action, Operation, QueueRef};
use super::stats::Stats;

fn operation(who: u8, call: Call) -> Operation {
    Operation {
        who,
        route: Route::Raw,
        queue: QueueRef::There(0),
        kept: [true; 4],
        action: Action::Call(call),
    }
}

/// Somebody sleeps for want of room, and a receiver makes room.
fn case() -> Case {
    let send = |who, flags| {
        let (id, mtype, text) = (Id(0), 1, vec![0; 3]);
        operation(who, Call::Send { id, mtype, text, flags })
    };
    let make = Call::Get { key: 1, flags: IPC_CREAT | 0o600 };
    let receive = Call::Receive { id: Id(0), size: 10, msgtyp: 0, flags: IPC_NOWAIT };
    Case {
        limits: Limits { msgmnb: 5, ..Limits::default() },
        processes: vec![Real::root(); 2],
        operations: vec![
            operation(0, make),
            send(0, IPC_NOWAIT),
            send(1, 0),
            operation(0, receive),
        ],
    }
}

#[test]
fn same_case_on_both_sides_has_no_difference() {
    support::in_namespace(|_| {
        let mut stats = Stats::default();
        let same = compare(&case(), &mut Real::new(Limits::default()), &mut stats);
        assert!(same.is_ok(), "{same:?}");
        assert_eq!((stats.cases, stats.operations), (1, 4));
    });
}

#[test]
fn difference_is_reported_with_every_step_that_led_to_it() {
    support::in_namespace(|_| {
        let mut real = Real::new(Limits::default());
        let mut other = case();
        // With room for two, nobody has to sleep: but a queue says how much room it has.
        other.limits.msgmnb = 6;
        let models = Models::new(&other, true);
        real.reset(case().limits);
        for who in case().processes {
            real.spawn(who);
        }
        let found = compare_with(models, &case(), &mut real, &mut Stats::default());
        let difference = found.expect_err("the capacity differs");
        assert_eq!(difference.steps(), 1);
        let report = difference.to_string();
        for part in [
            "In a namespace with msgmax 8192, msgmnb 5, msgmni 32000:",
            "1. process 1 (root) asks for the queue with key 1, mode 600 with IPC_CREAT: it gets id 0.",
            "the queues: in the kernel \n      queue 0 (key 1, mode 600, owner 0:0, creator 0:0, 0 messages, 0 of 5 bytes,",
            "in the model \n      queue 0 (key 1, mode 600, owner 0:0, creator 0:0, 0 messages, 0 of 6 bytes,",
        ] {
            assert!(report.contains(part), "{part:?} is not in\n{report}");
        }
    });
}

#[test]
fn model_in_several_states_is_as_strict() {
    support::in_namespace(|_| {
        let mut real = Real::racing(Limits::default());
        let same = compare(&case(), &mut real, &mut Stats::default());
        assert!(same.is_ok(), "{same:?}");

        real.reset(case().limits);
        for who in case().processes {
            real.spawn(who);
        }
        let mut other = case();
        other.limits.msgmnb = 6;
        let models = Models::new(&other, false);
        let found = compare_with(models, &case(), &mut real, &mut Stats::default());
        assert!(found.is_err());
    });
}
