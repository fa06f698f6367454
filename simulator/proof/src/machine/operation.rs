//! What a random sequence is made of.

use proptest::prelude::*;
use simulator::{Credentials, Id, Limits, Settings};

use crate::Route;
use crate::calls::Call;

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
    /// To which queue, if the call takes one: its id is filled in.
    pub(super) queue: QueueRef,
    /// Of what `IPC_SET` sets, whether the owner, the group, the mode and the capacity stay as they
    /// are.
    pub(super) kept: [bool; 4],
    /// What is done.
    pub(super) action: Action,
}

/// What is done.
#[derive(Clone, Debug)]
pub(super) enum Action {
    /// A call.
    Call(Call),
    /// A signal, to one of those who are asleep if there are any.
    Interrupt,
    /// So many private queues made and removed, one after another: ids go round.
    Churn(u8),
    /// The process is somebody else from now on: `setuid` and its kin.
    Become(Credentials),
    /// Other limits.
    Limit(Limits),
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

/// A random operation.
pub(super) fn operation(people: People) -> impl Strategy<Value = Operation> {
    let route = prop_oneof![Just(Route::Raw), Just(Route::Crates)];
    let change = |chance| prop::bool::weighted(1.0 - chance);
    let kept = [change(0.15), change(0.15), change(0.4), change(0.6)];
    (any::<u8>(), route, queue_ref(), kept, action(people))
        .prop_map(|(who, route, queue, kept, action)| Operation { who, route, queue, kept, action })
}

fn action(people: People) -> impl Strategy<Value = Action> {
    prop_oneof![
        99 => call(people).prop_map(Action::Call),
        2 => Just(Action::Interrupt),
        1 => (1..80_u8).prop_map(Action::Churn),
        1 => credentials(people).prop_map(Action::Become),
        1 => numbers::limits().prop_map(Action::Limit),
    ]
}

fn call(people: People) -> impl Strategy<Value = Call> {
    let id = Id(0);
    let text = numbers::size().prop_map(|size| vec![0; size]);
    prop_oneof![
        8 => (numbers::key(), numbers::get_flags()).prop_map(|(key, flags)| Call::Get { key, flags }),
        36 => (numbers::mtype(), text, numbers::send_flags())
            .prop_map(move |(mtype, text, flags)| Call::Send { id, mtype, text, flags }),
        36 => (numbers::room(), numbers::msgtyp(), numbers::receive_flags())
            .prop_map(move |(size, msgtyp, flags)| Call::Receive { id, size, msgtyp, flags }),
        3 => Just(Call::Stat { id }),
        9 => settings(people).prop_map(move |settings| Call::Set { id, settings }),
        3 => Just(Call::Remove { id }),
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

fn settings(people: People) -> impl Strategy<Value = Settings> {
    let user = || numbers::user(people);
    (user(), user(), numbers::mode(), numbers::qbytes())
        .prop_map(|(uid, gid, mode, qbytes)| Settings { uid, gid, mode, qbytes })
}
