//! Whose queue it is. Anyone can make a queue with a key that others have agreed on, and read what
//! they send to it.

use std::fs;

use nix::errno::Errno;
use nix::unistd::{Uid, User};

use super::escape::escaped;
use super::failure;
use crate::{Key, Queue, Status, explain};

/// The two users who may do anything with a queue.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Owners {
    /// Who has it now; can be changed, by either of the two.
    owner: Uid,
    /// Who made it; never changes.
    creator: Uid,
}

// ANCHOR: owners
/// Looks whose the queue is. Returns what the user should know: that it is neither the user's own
/// nor root's.
///
/// # Errors
///
/// It is not the queue of the user who has been `demanded`.
pub(super) fn check(
    key: Key,
    queue: Queue,
    demanded: Option<Uid>,
) -> anyhow::Result<Option<String>> {
    let owners = Owners::of(queue).map_err(|errno| {
        let tried = format!("cannot see whose the message queue with key {key} is");
        failure(tried, explain::control(errno), errno)
    });
    let owners = match (owners, demanded) {
        (Ok(owners), _) => owners,
        (Err(error), Some(_)) => return Err(error.context("nothing was sent")),
        (Err(error), None) => return Ok(Some(format!("{error:#}"))),
    };
    let Owners { owner, creator } = owners;
    let whose = if owner == creator {
        format!("belongs to {}", name(owner))
    } else {
        format!("was made by {} and belongs to {}", name(creator), name(owner))
    };
    match demanded {
        Some(user) if owner != user || creator != user => Err(anyhow::anyhow!(
            "nothing was sent: the message queue with key {key} {whose}, and --owner demands {}",
            name(user)
        )),
        None if owner != creator || ![Uid::effective(), Uid::from_raw(0)].contains(&owner) => {
            Ok(Some(format!(
                "the message queue with key {key} {whose}, who can read what is sent; with --owner USER, nothing is sent to anybody else's"
            )))
        }
        _ => Ok(None),
    }
}
// ANCHOR_END: owners

impl Owners {
    /// Whoever may only write is not told by the queue, but by /proc, which all may read.
    fn of(queue: Queue) -> nix::Result<Owners> {
        match Status::of(queue) {
            Ok(status) => Ok(Owners { owner: status.owner.0, creator: status.creator.0 }),
            Err(Errno::EACCES) => {
                let list = fs::read_to_string("/proc/sysvipc/msg").unwrap_or_default();
                Owners::listed(&list, queue.id()).ok_or(Errno::EACCES)
            }
            Err(errno) => Err(errno),
        }
    }

    /// From the table that proc(5) describes. Its first line names the columns.
    fn listed(table: &str, id: i32) -> Option<Owners> {
        let mut lines = table.lines().map(|line| line.split_whitespace());
        let names: Vec<&str> = lines.next()?.collect();
        let column = |name| names.iter().position(|column| *column == name);
        let (id_column, owner, creator) = (column("msqid")?, column("uid")?, column("cuid")?);
        lines.find_map(|values| {
            let values: Vec<&str> = values.collect();
            let number = |column: usize| values.get(column)?.parse().ok();
            (values.get(id_column)?.parse() == Ok(id)).then_some(())?;
            Some(Owners {
                owner: Uid::from_raw(number(owner)?),
                creator: Uid::from_raw(number(creator)?),
            })
        })
    }
}

/// A user as a person knows them.
fn name(user: Uid) -> String {
    match User::from_uid(user) {
        Ok(Some(known)) => format!("{} (user ID {user})", escaped(known.name)),
        // A user can be unknown here, in a container for example.
        _ => format!("user ID {user}"),
    }
}

/// The user whom an argument means, by name or by number.
pub(super) fn parse_user(text: &str) -> Result<Uid, String> {
    if let Ok(number) = text.parse() {
        return Ok(Uid::from_raw(number));
    }
    match User::from_name(text) {
        Ok(Some(user)) => Ok(user.uid),
        _ => {
            Err("there is no user of this name here; a number, as id -u prints it, works too"
                .into())
        }
    }
}

#[cfg(test)]
mod tests {
    use nix::unistd::Uid;

    use super::Owners;

    #[test]
    fn owner_and_creator_are_found_by_the_names_of_the_columns() {
        let table = "\
       key      msqid perms      cbytes       qnum lspid lrpid   uid   gid  cuid  cgid      stime      rtime      ctime
      1234          0   622           0          0     0     0  1000  1000  1001  1001          0          0 1700000000
       -77      32769   600           6          1  4711     0     0     0     0     0 1700000000          0 1700000000
";
        let owners = Owners::listed(table, 0).expect("it is in the table");
        assert_eq!(owners.owner, Uid::from_raw(1000));
        assert_eq!(owners.creator, Uid::from_raw(1001));
        assert_eq!(Owners::listed(table, 32769).map(|o| o.owner.as_raw()), Some(0));
        assert!(Owners::listed(table, 1).is_none());
        assert!(Owners::listed("", 0).is_none());
    }
}
