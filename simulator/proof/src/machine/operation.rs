//! What a random sequence is made of.

use proptest::prelude::*;
use simulator::{Credentials, Limits};

use crate::Route;

use super::numbers;
use super::people::{People, credentials};

/// One step of a sequence, before it is known what it meets.
///
/// Who does it and to which queue is a number to choose with: every sequence is possible, and stays
/// possible when a part of it is left out. So a failing one can be made shorter.
#[derive(Clone, Debug)]
pub(super) struct Operation {
    /// Chooses among those who are awake.
    pub(super) who: u8,
    /// How the call is made on the kernel's side.
    pub(super) route: Route,
    /// What is done.
    pub(super) action: Action,
}

/// What is done.
#[derive(Clone, Debug)]
pub(super) enum Action {
    /// `msgget`.
    Get { key: i32, flags: i32 },
    /// `msgsnd`, with a text of this length.
    Send {
        queue: QueueRef,
        mtype: i64,
        size: usize,
        flags: i32,
    },
    /// `msgrcv`.
    Receive {
        queue: QueueRef,
        size: usize,
        msgtyp: i64,
        flags: i32,
    },
    /// `IPC_STAT`.
    Stat { queue: QueueRef },
    /// `IPC_SET`.
    Set { queue: QueueRef, change: Change },
    /// `IPC_RMID`.
    Remove { queue: QueueRef },
    /// A signal, to one of those who are asleep.
    Interrupt,
    /// So many queues made and removed, one after another: ids go round.
    Churn(u8),
    /// `setuid` and its kin.
    Become(Credentials),
    /// Other limits.
    Limit(Limits),
}

impl Action {
    /// Whether it means a queue that is there.
    pub(super) fn wants_a_queue(&self) -> bool {
        use Action::{Receive, Remove, Send, Set, Stat};
        match self {
            Send { queue, .. } | Receive { queue, .. } | Set { queue, .. } => queue.is_there(),
            Stat { queue } | Remove { queue } => queue.is_there(),
            _ => false,
        }
    }
}

/// Which queue is meant.
#[derive(Clone, Copy, Debug)]
pub(super) enum QueueRef {
    /// One of those that are there.
    There(u8),
    /// One of those that were made, counted back from the last; it may be gone.
    Made(u8),
    /// Its slot, with a sequence number that is off by so many.
    Beside(u8, i32),
    /// Any number.
    Raw(i32),
}

impl QueueRef {
    fn is_there(self) -> bool {
        matches!(self, QueueRef::There(_))
    }
}

/// What `IPC_SET` is to change; the rest is set as it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Change {
    pub(super) uid: Option<u32>,
    pub(super) gid: Option<u32>,
    pub(super) mode: Option<u32>,
    pub(super) qbytes: Option<u64>,
}

/// A random operation.
pub(super) fn operation(people: People) -> impl Strategy<Value = Operation> {
    let route = prop_oneof![Just(Route::Raw), Just(Route::Crates)];
    (any::<u8>(), route, action(people)).prop_map(|(who, route, action)| Operation {
        who,
        route,
        action,
    })
}

fn action(people: People) -> impl Strategy<Value = Action> {
    prop_oneof![
        8 => (numbers::key(), numbers::get_flags())
            .prop_map(|(key, flags)| Action::Get { key, flags }),
        36 => (queue_ref(), numbers::mtype(), numbers::size(), numbers::send_flags())
            .prop_map(|(queue, mtype, size, flags)| Action::Send { queue, mtype, size, flags }),
        36 => (queue_ref(), numbers::room(), numbers::msgtyp(), numbers::receive_flags())
            .prop_map(|(queue, size, msgtyp, flags)| Action::Receive { queue, size, msgtyp, flags }),
        3 => queue_ref().prop_map(|queue| Action::Stat { queue }),
        9 => (queue_ref(), change(people)).prop_map(|(queue, change)| Action::Set { queue, change }),
        3 => queue_ref().prop_map(|queue| Action::Remove { queue }),
        2 => Just(Action::Interrupt),
        1 => (1..80_u8).prop_map(Action::Churn),
        1 => credentials(people).prop_map(Action::Become),
        1 => numbers::limits().prop_map(Action::Limit),
    ]
}

fn queue_ref() -> impl Strategy<Value = QueueRef> {
    prop_oneof![
        60 => Just(QueueRef::There(0)),
        32 => any::<u8>().prop_map(QueueRef::There),
        5 => (0..4_u8).prop_map(QueueRef::Made),
        2 => (0..4_u8, -1..=1).prop_map(|(back, off)| QueueRef::Beside(back, off)),
        1 => any::<i32>().prop_map(QueueRef::Raw),
    ]
}

fn change(people: People) -> impl Strategy<Value = Change> {
    let sometimes = prop::option::weighted::<BoxedStrategy<u32>>;
    (
        sometimes(0.15, numbers::user(people).boxed()),
        sometimes(0.15, numbers::user(people).boxed()),
        sometimes(0.4, numbers::mode().boxed()),
        prop::option::weighted(0.6, numbers::qbytes()),
    )
        .prop_map(|(uid, gid, mode, qbytes)| Change {
            uid,
            gid,
            mode,
            qbytes,
        })
}
