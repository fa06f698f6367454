//! That a difference is seen, and told.

use simulator::{IPC_CREAT, IPC_NOWAIT, Limits};

use crate::{Real, Way};

use super::case::Case;
use super::compare::{compare, compare_with};
use super::figures::Figures;
use super::models::Models;
use super::operation::{Deed, Operation, Which};

fn operation(who: u8, deed: Deed) -> Operation {
    Operation {
        who,
        way: Way::Raw,
        deed,
    }
}

/// Somebody sleeps for want of room, and a receiver makes room.
fn case() -> Case {
    let queue = Which::There(0);
    let send = |who, flags| {
        let (mtype, size) = (1, 3);
        operation(
            who,
            Deed::Send {
                queue,
                mtype,
                size,
                flags,
            },
        )
    };
    let make = Deed::Get {
        key: 1,
        flags: IPC_CREAT | 0o600,
    };
    let receive = Deed::Receive {
        queue,
        size: 10,
        msgtyp: 0,
        flags: IPC_NOWAIT,
    };
    Case {
        limits: Limits {
            msgmnb: 5,
            ..Limits::default()
        },
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
fn what_is_the_same_is_the_same() {
    support::in_namespace(|_| {
        let mut figures = Figures::default();
        let same = compare(&case(), &mut Real::new(Limits::default()), &mut figures);
        assert!(same.is_ok(), "{same:?}");
        assert_eq!((figures.cases, figures.operations), (1, 4));
    });
}

#[test]
fn a_difference_is_seen_when_it_shows_and_told_from_the_beginning() {
    support::in_namespace(|_| {
        let mut real = Real::new(Limits::default());
        let mut other = case();
        // With room for two, nobody has to sleep: but a queue says how much room it has.
        other.limits.msgmnb = 6;
        let models = Models::new(&other, true);
        real.again(case().limits);
        for who in case().processes {
            crate::Calls::spawn(&mut real, who);
        }
        let found = compare_with(models, &case(), &mut real, &mut Figures::default());
        let difference = found.expect_err("the capacity differs");
        assert_eq!(difference.steps(), 1);
        let told = difference.to_string();
        for part in [
            "In a namespace with msgmax 8192, msgmnb 5, msgmni 32000:",
            "1. process 1 (root) asks for the queue with key 1, mode 600 with IPC_CREAT: it gets id 0.",
            "in the kernel queue 0 (key 1, mode 600, owner 0:0, creator 0:0, 0 messages, 0 of 5 bytes,",
            "in the model  queue 0 (key 1, mode 600, owner 0:0, creator 0:0, 0 messages, 0 of 6 bytes,",
        ] {
            assert!(told.contains(part), "{part:?} is not in\n{told}");
        }
    });
}

#[test]
fn a_model_in_several_states_is_as_strict() {
    support::in_namespace(|_| {
        let mut real = Real::racing(Limits::default());
        let same = compare(&case(), &mut real, &mut Figures::default());
        assert!(same.is_ok(), "{same:?}");

        real.again(case().limits);
        for who in case().processes {
            crate::Calls::spawn(&mut real, who);
        }
        let mut other = case();
        other.limits.msgmnb = 6;
        let models = Models::new(&other, false);
        let found = compare_with(models, &case(), &mut real, &mut Figures::default());
        assert!(found.is_err());
    });
}
