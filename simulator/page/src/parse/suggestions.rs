//! What may have been meant by a word that is no command.

use alloc::format;
use alloc::string::String;

use crate::text::quoted;

/// What people type, and what it is called here. The first words are the commands themselves, for
/// other letters.
const MEANT: [(&str, &str); 13] = [
    ("create make new ipcmk", "create, as in create 1234"),
    ("open connect", "open, as in open 1234"),
    ("msgget get", "create or open, as in create 1234"),
    ("private ipc_private", "private"),
    ("use select", "use, as in use 0"),
    ("send msgsnd snd write put push post", "send, as in send 3 hello"),
    ("recv receive rcv msgrcv read take pop fetch peek", "recv, as in recv or recv 3"),
    (
        "stat status ls list show ipcs info ipc_stat",
        "stat, which looks at the current queue (all are in the picture)",
    ),
    ("msgctl", "stat, set or rm"),
    ("set chmod chown ipc_set qbytes mode", "set, as in set qbytes 0"),
    ("rm remove delete del ipcrm unlink ipc_rmid", "rm, which removes the current queue"),
    ("interrupt kill signal wake", "interrupt after a name and a colon, as in R1: interrupt"),
    ("limit limits sysctl msgmax msgmnb msgmni", "limit, as in limit msgmnb 9000"),
];

pub(super) fn no_command(word: &str) -> String {
    let small = word.to_ascii_lowercase();
    let meant = |is: fn(&str, &str) -> bool| {
        MEANT.iter().find(|(known, _)| known.split(' ').any(|known| is(known, &small)))
    };
    match meant(|known, word| known == word).or_else(|| meant(is_near)) {
        Some((_, meant)) => format!("{} is no command. Do you mean {meant}?", quoted(word)),
        None => format!(
            "{} is no command. A line begins with create, open, private, use, send, recv, stat, set, rm or limit, or with a name and a colon, as in A: send 1 hello.",
            quoted(word)
        ),
    }
}

/// Whether one letter is missing, too much or another, or two neighbours have changed places.
fn is_near(known: &str, word: &str) -> bool {
    let (known, word) = (known.as_bytes(), word.as_bytes());
    let long = known.len().max(word.len());
    if known.len().min(word.len()) < 3 {
        return false;
    }
    let same = |(known, word): &(&u8, &u8)| known == word;
    let start = known.iter().zip(word).take_while(same).count();
    let end = known.iter().rev().zip(word.iter().rev()).take_while(same).count();
    let swapped = known.len() == word.len()
        && start + end + 2 == long
        && known[start] == word[start + 1]
        && known[start + 1] == word[start];
    start + end + 1 >= long || swapped
}
