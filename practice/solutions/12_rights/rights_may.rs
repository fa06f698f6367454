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
    let is_member = |group| person.gid == group || person.groups.contains(&group);
    let digit = if [queue.owner, queue.creator].contains(&person.uid) {
        queue.mode >> 6
    } else if [queue.group, queue.creator_group].into_iter().any(is_member) {
        queue.mode >> 3
    } else {
        queue.mode
    };
    let bit = match access {
        Access::Read => 0o4,
        Access::Write => 0o2,
    };
    privileged || digit & bit != 0
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
