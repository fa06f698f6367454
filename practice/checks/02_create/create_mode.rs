use super::*;
use practice::{alone, entry, key};

#[test]
fn mode_lets_the_team_write_and_nobody_else() {
    alone(|room| {
        let queue = match team_mailbox(key(room)) {
            Ok(queue) => queue,
            Err(errno) => panic!("the key is free, and there is no mailbox: {errno}"),
        };
        let perms = entry(room, queue.id()).expect("the kernel lists it").perms;
        assert!(
            perms != 0o666,
            "the mode is 666: everybody on this machine may read and write. The umask has no say \
             here, the mode is taken as it is given"
        );
        assert!(
            perms != 0o154,
            "the mode is 154: 620 was written in decimal, and a mode has octal digits"
        );
        assert!(
            perms & 0o111 == 0,
            "the mode is {perms:o}: a bit for executing is set, and for a queue it means nothing"
        );
        assert!(
            perms & 0o004 == 0,
            "the mode is {perms:o}: others may read what the team writes"
        );
        assert!(
            perms & 0o002 == 0,
            "the mode is {perms:o}: others may write into the mailbox"
        );
        assert!(
            perms & 0o040 == 0,
            "the mode is {perms:o}: the group may read, and take messages away that are not theirs"
        );
        assert!(
            perms & 0o020 != 0,
            "the mode is {perms:o}: the group cannot write into its own mailbox"
        );
        assert!(
            perms & 0o600 == 0o600,
            "the mode is {perms:o}: the owner is to read and write"
        );
        room.remove(queue.id());
    });
}
