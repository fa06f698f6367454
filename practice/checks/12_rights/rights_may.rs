use super::*;
use practice::yours;

#[path = "rights_may/kernel.rs"]
mod kernel;
#[path = "rights_may/table.rs"]
mod table;
use table::{QUEUE, Row, table};

#[test]
fn each_case_is_right() {
    for row in table() {
        let Row { person, privileged, queue, access, may: due, why } = row;
        let may = yours(why, || may(person, privileged, queue, access));
        let word = if due { "may be" } else { "may not be" };
        assert!(
            may == due,
            "{why}. So this {word}, and you say the opposite: {}",
            shown(person, queue, access)
        );
    }
}

/// Whether your function knows each case; another test says it if not.
fn knows_the_table() -> bool {
    table().iter().all(|row| {
        let asked = || may(row.person, row.privileged, row.queue, row.access) == row.may;
        support::caught(asked) == Ok(true)
    })
}

fn shown(person: Person, queue: Rights, access: Access) -> String {
    let Rights { owner, group, creator, creator_group, mode } = queue;
    let access = if access == Access::Read { "reads" } else { "writes" };
    format!(
        "user {} of group {} and {:?} {access} a queue with mode {mode:03o} of {owner}:{group}, made by \
         {creator}:{creator_group}",
        person.uid, person.gid, person.groups
    )
}

/// The class of the person, as the shift of its digit.
fn shift(person: Person, queue: Rights) -> u32 {
    let groups = [&[person.gid], person.groups].concat();
    match () {
        () if person.uid == queue.owner || person.uid == queue.creator => 6,
        () if groups.contains(&queue.group) || groups.contains(&queue.creator_group) => 3,
        () => 0,
    }
}

#[test]
fn every_mode_is_right_in_every_class() {
    if !knows_the_table() {
        return;
    }
    for uid in [QUEUE.owner, QUEUE.creator, 0, 7, u32::MAX] {
        for gid in [QUEUE.group, QUEUE.creator_group, 0, 7, u32::MAX] {
            for groups in [&[][..], &[QUEUE.group], &[1, 2, QUEUE.creator_group, 3], &[uid, 0]] {
                for mode in 0..=0o777 {
                    let person = Person { uid, gid, groups };
                    let queue = Rights { mode, ..QUEUE };
                    let digit = mode >> shift(person, queue);
                    for (access, due) in
                        [(Access::Read, digit & 4 != 0), (Access::Write, digit & 2 != 0)]
                    {
                        let may = yours("a mode", || may(person, false, queue, access));
                        assert!(
                            may == due,
                            "{}: the digit is {}, and you say {may}",
                            shown(person, queue, access),
                            digit & 7
                        );
                    }
                }
            }
        }
    }
}
