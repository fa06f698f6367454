//! Which ids many queues get: with more than 42, the cycle in which slots are handed out grows with
//! them.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use simulator::{IPC_PRIVATE, Id, Kernel, Limits};
use simulator_proof::{Calls, Real};

/// So many queues more, or as many fewer, and where among those that are there the removal begins.
fn change() -> impl Strategy<Value = (i32, usize)> {
    (-90..120, 0..200_usize)
}

/// The ids that are given and taken back, one after another.
fn ids(side: &mut impl Calls, changes: &[(i32, usize)]) -> Vec<Id> {
    let root = side.spawn(Real::root());
    let mut there = Vec::new();
    let mut given = Vec::new();
    for (count, start) in changes {
        for _ in 0..*count {
            let id = side.msgget(root, IPC_PRIVATE, 0);
            let id = id.expect("there is room for a queue");
            there.push(id);
            given.push(id);
        }
        for _ in 0..-*count {
            if !there.is_empty() {
                let id = there.remove(start % there.len());
                side.remove(root, id).expect("it is root's");
            }
        }
    }
    assert_eq!(side.ids().len(), there.len());
    given
}

#[test]
fn many_queues_get_the_ids_that_the_kernel_gives() {
    support::in_namespace(|_| {
        let mut real = Real::new(Limits::default());
        let cases = prop::collection::vec(change(), 1..8);
        let mut runner = TestRunner::deterministic();
        for _ in 0..20 {
            let tree = cases.new_tree(&mut runner);
            let changes = tree.expect("the strategy refuses nothing").current();
            real.reset(Limits::default());
            let kernel = ids(&mut real, &changes);
            let model = ids(&mut Kernel::new(Limits::default()), &changes);
            assert_eq!(kernel, model, "after {changes:?}");
        }
    });
}
