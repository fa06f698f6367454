//! A namespace, those who live in it, and what they do.

use std::ops::RangeInclusive;

use proptest::prelude::*;
use simulator::{Capabilities, Credentials, Limits};

use crate::{Calls, Real};

use super::numbers;
use super::operation::{Operation, operation};

/// What is played on both sides.
#[derive(Clone, Debug)]
pub struct Case {
    /// The limits at the beginning.
    pub limits: Limits,
    /// The processes. The first is root and never sleeps, so that somebody is always awake.
    pub processes: Vec<Credentials>,
    /// What they do.
    pub(super) operations: Vec<Operation>,
}

/// Whom there can be on this machine.
#[derive(Clone, Copy, Debug)]
pub struct People {
    /// Whether others than root.
    pub others: bool,
    /// What root may do, and others may be allowed to.
    pub capable: Capabilities,
    /// Whether those who are woken together run in the order of waking.
    pub in_order: bool,
}

impl People {
    /// Asks. Says so if there can be nobody but root, as in a user namespace.
    #[must_use]
    pub fn here(real: &mut Real) -> People {
        real.spawn(Real::root());
        People {
            others: Real::has_other_users(),
            capable: Real::capabilities(),
            in_order: real.in_order(),
        }
    }

    fn root(self) -> Credentials {
        Credentials {
            capable: self.capable,
            ..Credentials::root()
        }
    }
}

/// A random case with so many operations.
pub fn case(length: RangeInclusive<usize>, people: People) -> impl Strategy<Value = Case> {
    // Where they race, five receivers wait in one of 120 orders after IPC_SET, and the model is in as many
    // states. Seven would be 5,040.
    let most = if people.in_order { 7 } else { 5 };
    let others = prop::collection::vec(credentials(people), 3..=most);
    let operations = prop::collection::vec(operation(people), length);
    (numbers::limits(), others, operations).prop_map(move |(limits, others, operations)| {
        let mut processes = vec![people.root()];
        processes.extend(others);
        Case {
            limits,
            processes,
            operations,
        }
    })
}

/// Somebody: root, or one of three users in some of their groups, now and then with a capability.
pub(super) fn credentials(people: People) -> BoxedStrategy<Credentials> {
    let root = Just(people.root());
    if !people.others {
        return root.boxed();
    }
    let user = || 1000..1003_u32;
    let groups = prop::collection::vec(user(), 0..3);
    let capable = prop::array::uniform3(prop::bool::weighted(0.1));
    let ordinary = (user(), user(), groups, capable).prop_map(move |(uid, gid, groups, may)| {
        let all = people.capable;
        Credentials {
            uid,
            gid,
            groups,
            capable: Capabilities {
                ipc_owner: may[0] && all.ipc_owner,
                sys_admin: may[1] && all.sys_admin,
                sys_resource: may[2] && all.sys_resource,
            },
        }
    });
    prop_oneof![1 => root, 2 => ordinary].boxed()
}
