//! Who there can be in a case, and what is written of them.

use proptest::prelude::*;
use simulator::{Capabilities, Credentials};

use crate::{Calls, Real};

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

    pub(super) fn root(self) -> Credentials {
        Credentials { capable: self.capable, ..Credentials::root() }
    }
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

pub(super) fn called(who: &Credentials) -> String {
    match who.uid {
        0 => " (root)".to_owned(),
        uid => format!(" (user {uid})"),
    }
}

/// What else there is to know of a process.
pub(super) fn rights(who: &Credentials) -> Option<String> {
    let mut parts = Vec::new();
    if who.uid != 0 {
        let groups = [who.gid].into_iter().chain(who.groups.iter().copied());
        let groups: Vec<String> = groups.map(|gid| gid.to_string()).collect();
        parts.push(format!("is in the groups {}", groups.join(", ")));
        for (has, name) in [
            (who.capable.ipc_owner, "CAP_IPC_OWNER"),
            (who.capable.sys_admin, "CAP_SYS_ADMIN"),
            (who.capable.sys_resource, "CAP_SYS_RESOURCE"),
        ] {
            if has {
                parts.push(format!("has {name}"));
            }
        }
    }
    (!parts.is_empty()).then(|| parts.join(" and "))
}
