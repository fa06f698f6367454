//! The queues that are here already, on the book's keys and on others. They are only looked at.

use nix::unistd::{Uid, User};

use super::finding::Finding;
use super::keys::OF_THE_BOOK;
use super::machine::Machine;
use super::namespaces::Permission;

/// What `/proc` tells of one queue.
#[derive(Debug)]
pub(crate) struct Queue {
    key: i32,
    id: i32,
    bytes: u64,
    messages: u64,
    owner: u32,
    creator: u32,
}

/// All of them, or `None` where `/proc` does not tell.
pub(crate) fn all(machine: &Machine) -> Option<Vec<Queue>> {
    let list = machine.read("proc/sysvipc/msg")?;
    Some(list.lines().skip(1).filter_map(parse).collect())
}

/// key msqid perms cbytes qnum lspid lrpid uid gid cuid cgid stime rtime ctime
fn parse(line: &str) -> Option<Queue> {
    let fields: Vec<_> = line.split_whitespace().collect();
    Some(Queue {
        key: fields.first()?.parse().ok()?,
        id: fields.get(1)?.parse().ok()?,
        bytes: fields.get(3)?.parse().ok()?,
        messages: fields.get(4)?.parse().ok()?,
        owner: fields.get(7)?.parse().ok()?,
        creator: fields.get(9)?.parse().ok()?,
    })
}

/// What this means to `me`.
pub(crate) fn check(machine: &Machine, namespaces: &Permission, me: Uid) -> Vec<Finding> {
    let Some(queues) = all(machine) else {
        return vec![Finding::note(
            "queues here already",
            "/proc/sysvipc/msg cannot be read, so nobody can tell",
            "nothing, unless chapter 2's first session fails with EEXIST or EACCES",
        )];
    };
    let mut findings = Vec::new();
    for (key, users) in OF_THE_BOOK {
        findings.push(match queues.iter().find(|queue| queue.key == key) {
            None => Finding::ok(&about(key), format!("free for {users}")),
            Some(queue) => taken(queue, users, namespaces, me),
        });
    }
    let others = queues
        .iter()
        .filter(|queue| OF_THE_BOOK.iter().all(|(key, _)| *key != queue.key))
        .count();
    findings.push(Finding::ok(
        "other queues",
        match others {
            0 => "none".to_owned(),
            1 => "1, which the book leaves alone".to_owned(),
            _ => format!("{others}, which the book leaves alone"),
        },
    ));
    findings
}

fn about(key: i32) -> String {
    format!("key {key}")
}

fn taken(queue: &Queue, users: &str, namespaces: &Permission, me: Uid) -> Finding {
    let Queue {
        key,
        id,
        bytes,
        messages,
        ..
    } = queue;
    let plural = if *messages == 1 { "" } else { "s" };
    let found = format!(
        "a queue is here already (0x{key:08x}, id {id}), owned by {}, with {messages} message{plural} ({bytes} bytes) waiting: \
         {users} would find it and not begin with an empty one",
        name(queue.owner)
    );
    let about = about(*key);
    let owner = name(queue.owner);
    if [queue.owner, queue.creator].contains(&me.as_raw()) {
        return Finding::note(
            &about,
            found,
            format!(
                "if no program of yours is using it, remove it, messages and all: `ipcrm -q {id}`"
            ),
        );
    }
    if me.is_root() {
        let remove =
            format!("if {owner} does not need it, remove it, messages and all: `ipcrm -q {id}`");
        return Finding::note(&about, found, remove);
    }
    let remove = format!("ask {owner} to run `ipcrm -q {id}`");
    if let Some(shell) = namespaces.shell() {
        let instead =
            format!("follow the book in a shell with queues of its own, `{shell}`; or {remove}");
        return Finding::note(&about, found, instead);
    }
    Finding::problem(&about, found, format!("{remove}, or do it with sudo"))
}

fn name(id: u32) -> String {
    match User::from_uid(Uid::from_raw(id)) {
        Ok(Some(user)) => user.name,
        _ => format!("user {id}"),
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::doctor::finding::Mark;
    use crate::doctor::machine::described;
    use crate::doctor::namespaces::Permission;
    use nix::unistd::Uid;

    const HEAD: &str = "       key      msqid perms      cbytes       qnum lspid lrpid   uid   gid  cuid  cgid      stime      rtime      ctime\n";

    fn line(key: i32, id: i32, owner: u32) -> String {
        format!(
            "{key:10} {id:10}   600   13   2  811  812 {owner:5} {owner:5} {owner:5} {owner:5} 1 2 3\n"
        )
    }

    #[test]
    fn free_keys_and_the_others_are_counted() {
        let list = [HEAD, &line(77, 0, 0), &line(-1, 32769, 0)].concat();
        let (_folder, machine) = described(&[("proc/sysvipc/msg", &list)]);
        let text: Vec<_> = check(
            &machine,
            &Permission::Refused(String::new()),
            Uid::from_raw(0),
        )
        .iter()
        .map(ToString::to_string)
        .collect();
        assert_eq!(
            text,
            [
                "ok       key 1234: free for the sessions, server and client",
                "ok       other queues: 2, which the book leaves alone"
            ]
        );
    }

    #[test]
    fn a_strangers_queue_stops_who_cannot_step_aside() {
        let list = [HEAD, &line(1234, 5, 65533)].concat();
        let (_folder, machine) = described(&[("proc/sysvipc/msg", &list)]);
        let seen_by = |user, permission| {
            let finding = check(&machine, permission, Uid::from_raw(user)).remove(0);
            (finding.mark, finding.to_string())
        };
        let refused = &Permission::Refused(String::new());

        let (mark, text) = seen_by(1000, refused);
        assert_eq!(mark, Mark::Problem, "{text}");
        assert!(
            text.contains("ask user 65533 to run `ipcrm -q 5`"),
            "{text}"
        );
        let (mark, text) = seen_by(1000, &Permission::Anyone);
        assert_eq!(mark, Mark::Note, "{text}");
        assert!(
            text.contains("unshare --user --map-root-user --ipc bash"),
            "{text}"
        );

        let (mark, text) = seen_by(0, refused);
        assert_eq!(mark, Mark::Note, "{text}");
        assert!(text.contains("if user 65533 does not need it"), "{text}");
        let (mark, text) = seen_by(65533, refused);
        assert_eq!(mark, Mark::Note, "{text}");
        assert!(text.contains("no program of yours"), "{text}");
    }

    #[test]
    fn without_proc_nobody_can_tell() {
        let (_folder, machine) = described(&[]);
        let findings = check(&machine, &Permission::Anyone, Uid::from_raw(0));
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].mark, Mark::Note);
    }
}
