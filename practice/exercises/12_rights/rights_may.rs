// Write the rule: may this user read that queue?
//
// A queue has an owner and a creator, each a user with a group, and a mode of three digits. The
// kernel puts whoever asks into one of three classes, and only the digit of that class counts.
//
// The tests know each case by heart, and where other users can be had they ask the kernel too.

use practice::Person;

/// Whose a queue is, and what its mode says: 0o640, say.
#[derive(Clone, Copy, Debug)]
struct Rights {
    owner: u32,
    group: u32,
    creator: u32,
    creator_group: u32,
    mode: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Access {
    Read,
    Write,
}

/// Whether this user has the access to this queue: as its owner or creator the first digit says so;
/// else, as a member of the group of either of them, the second; else the third.
///
/// A `Person` has a user ID, a group ID, and supplementary groups. `privileged` is whoever has
/// CAP_IPC_OWNER, and to nobody else the rule makes an exception.
fn may(person: Person, privileged: bool, queue: Rights, access: Access) -> bool {
    // TODO: which class? Which digit of the mode? Which bit of it?
    let Rights { owner, group, creator, creator_group, mode } = queue;
    println!("{access:?}, mode {mode:03o}, of {owner}:{group}, made by {creator}:{creator_group}");
    println!("asked by {person:?}, privileged: {privileged}");
    false
}

fn main() {
    let person = Person { uid: 1000, gid: 100, groups: &[27] };
    let (owner, group, creator, creator_group) = (1001, 27, 1001, 100);
    let queue = Rights { owner, group, creator, creator_group, mode: 0o640 };
    for access in [Access::Read, Access::Write] {
        println!("{access:?}: {}", may(person, false, queue, access));
    }
}

#[cfg(test)]
#[path = "../../checks/12_rights/rights_may.rs"]
mod tests; // the functions marked #[test]
