use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};

/// Makes the mailbox of a team.
///
/// Its owner reads and writes. The group writes into it and does not read. Others do neither.
fn team_mailbox(key: Key) -> nix::Result<Queue> {
    let mode = Mode::S_IRUSR | Mode::S_IWUSR | Mode::S_IWGRP;
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
