//! The cases, each with its sentence. `kernel.rs` compares them with the kernel.

use super::*;

/// A case.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) person: Person<'static>,
    pub(super) privileged: bool,
    pub(super) queue: Rights,
    pub(super) access: Access,
    pub(super) may: bool,
    pub(super) why: &'static str,
}

const OWNER: u32 = 21_001;
const CREATOR: u32 = 21_002;
const GROUP: u32 = 22_001;
const CREATOR_GROUP: u32 = 22_002;

/// Owner, creator and both groups are different.
pub(super) const QUEUE: Rights =
    Rights { owner: OWNER, group: GROUP, creator: CREATOR, creator_group: CREATOR_GROUP, mode: 0 };

const fn person(uid: u32, gid: u32, groups: &'static [u32]) -> Person<'static> {
    Person { uid, gid, groups }
}

/// In the order of the likelihood that somebody gets it wrong.
pub(super) fn table() -> Vec<Row> {
    use Access::{Read, Write};
    let owner = person(OWNER, 7, &[]);
    let creator = person(CREATOR, 7, &[]);
    let member = person(8, GROUP, &[]);
    let creators_member = person(8, CREATOR_GROUP, &[]);
    let beside = person(8, 7, &[5, GROUP, 6]);
    let creators_beside = person(8, 7, &[5, 6, CREATOR_GROUP]);
    let other = person(8, 7, &[5, 6]);
    let both = person(OWNER, GROUP, &[]);
    let creator_in_group = person(CREATOR, 7, &[GROUP]);
    let swapped = person(GROUP, OWNER, &[OWNER, CREATOR]);
    let cases = [
        (owner, 0o600, Read, true, "the first digit is the owner's"),
        (owner, 0o400, Write, false, "4 is to read, and not to write"),
        (owner, 0o200, Write, true, "2 is to write"),
        (owner, 0o200, Read, false, "2 is to write, and not to read"),
        (
            creator,
            0o600,
            Read,
            true,
            "the creator has the owner's rights, also if it was given away",
        ),
        (creator, 0o066, Write, false, "the creator is in the owner's class, and in no other"),
        (member, 0o060, Read, true, "the second digit is the group's"),
        (
            creators_member,
            0o020,
            Write,
            true,
            "the group of the creator counts as that of the owner",
        ),
        (beside, 0o040, Read, true, "a supplementary group is a group"),
        (
            creators_beside,
            0o040,
            Read,
            true,
            "a supplementary group is a group, also that of the creator",
        ),
        (other, 0o006, Read, true, "the third digit is for everybody else"),
        (other, 0o660, Read, false, "whoever is in no other class has the third digit alone"),
        (
            both,
            0o060,
            Read,
            false,
            "the first class that fits decides: the owner has the first digit, whatever the group may",
        ),
        (
            both,
            0o006,
            Write,
            false,
            "the first class that fits decides: the owner has the first digit, whatever others may",
        ),
        (
            creator_in_group,
            0o077,
            Read,
            false,
            "the first class that fits decides, for the creator too",
        ),
        (
            member,
            0o606,
            Read,
            false,
            "the first class that fits decides: a member has the second digit, whatever others may",
        ),
        (
            beside,
            0o606,
            Write,
            false,
            "a member by a supplementary group has the second digit alone",
        ),
        (owner, 0o111, Read, false, "1 allows nothing: a queue is not executed"),
        (other, 0o771, Write, false, "1 allows nothing, and whoever has only that may neither"),
        (owner, 0o577, Write, false, "5 is to read, and 1 that allows nothing"),
        (
            swapped,
            0o660,
            Read,
            false,
            "the number of a group is not that of a user, nor the reverse",
        ),
    ];
    let mut rows: Vec<Row> = cases
        .into_iter()
        .map(|(person, mode, access, may, why)| {
            let queue = Rights { mode, ..QUEUE };
            Row { person, privileged: false, queue, access, may, why }
        })
        .collect();
    let root = person(0, 0, &[0]);
    let root_of_nothing = "user 0 without CAP_IPC_OWNER is a user like any other";
    let root_of_all = "CAP_IPC_OWNER passes every mode";
    for (person, privileged, mode, may, why) in [
        (root, false, 0o660, false, root_of_nothing),
        (root, true, 0o000, true, root_of_all),
        (other, true, 0o000, true, "CAP_IPC_OWNER passes every mode, whoever has it"),
        (owner, true, 0o077, true, "CAP_IPC_OWNER passes every mode, its owner's too"),
    ] {
        for access in [Read, Write] {
            rows.push(Row {
                person,
                privileged,
                queue: Rights { mode, ..QUEUE },
                access,
                may,
                why,
            });
        }
    }
    rows
}
