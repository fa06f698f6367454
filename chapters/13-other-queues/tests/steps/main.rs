//! The other queues: what all five do, and the traps of each.

/// Each of these tests once for each mechanism, in a module of the mechanism's name.
macro_rules! for_each_mechanism {
    ($($test:ident),* $(,)?) => {
        for_mechanism!(system_v SystemV $($test)*);
        for_mechanism!(posix Posix $($test)*);
        for_mechanism!(seqpacket SeqPacket $($test)*);
        for_mechanism!(datagram Datagram $($test)*);
        for_mechanism!(pipe Pipe $($test)*);
    };
}

macro_rules! for_mechanism {
    ($module:ident $mechanism:ident $($test:ident)*) => {
        mod $module {
            $(#[test]
            fn $test() {
                crate::alone(super::$test::<ch13_other_queues::$mechanism>);
            })*
        }
    };
}

mod common;
mod native;
mod peer;
mod program;
mod table;
mod traps;
mod turn;

use std::fmt::Debug;

use ch13_other_queues::{Datagram, HandOver, Pipe, Posix, SeqPacket, SystemV};
use nix::errno::Errno;
use support::{Room, until};

use turn::Turn;

/// A test alone with its queues, a POSIX queue among them.
fn alone(body: impl FnOnce(&Room)) {
    support::alone(|room| {
        let _turn = Turn::take();
        body(room);
    });
}

/// A mechanism whose queues belong to a room.
trait Tried: HandOver + Debug + 'static {
    fn watch(&self, _room: &Room) {}

    fn pair_in(room: &Room) -> (Self, Self) {
        let mut ends = None;
        // Other programs of this user may have all that there may be.
        until("another queue", || match Self::pair() {
            Err(Errno::EMFILE) => false,
            made => {
                ends = Some(made.expect("there can be another queue"));
                true
            }
        });
        let ends = ends.expect("it was waited for");
        ends.1.watch(room);
        ends
    }
}

impl Tried for SystemV {
    fn watch(&self, room: &Room) {
        room.watch(self.queue().id());
    }
}
impl Tried for Posix {}
impl Tried for SeqPacket {}
impl Tried for Datagram {}
impl Tried for Pipe {}
