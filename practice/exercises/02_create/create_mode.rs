// Find the bug: a mailbox that the whole machine reads.
//
// The author knows files: a program asks for 666, and the umask of whoever runs it takes away what
// is too much. What is different here, and what does this mailbox need?

use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};

/// Makes the mailbox of a team.
///
/// Its owner reads and writes. The group writes into it and does not read. Others do neither.
fn team_mailbox(key: Key) -> nix::Result<Queue> {
    // TODO: the author says "the umask takes the rest away".
    let mode = Mode::S_IRUSR
        | Mode::S_IWUSR
        | Mode::S_IRGRP
        | Mode::S_IWGRP
        | Mode::S_IROTH
        | Mode::S_IWOTH;
    Queue::create_new(key, mode)
}

fn main() -> nix::Result<()> {
    let queue = team_mailbox(practice::key_of_process())?;
    println!("the team's mailbox has the id {}", queue.id());
    practice::remove(queue.id());
    Ok(())
}

#[cfg(test)]
#[path = "../../checks/02_create/create_mode.rs"]
mod tests; // the functions marked #[test]
