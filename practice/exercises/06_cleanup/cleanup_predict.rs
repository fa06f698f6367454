// Predict, then check: what does a removal do, and to whom? And a shut door?
//
// Write all six answers before you run the tests; they do what is described and print what
// happened.

use nix::errno::Errno;

/// Question 1: Somebody is asleep in msgrcv when the queue is removed. Which errno does the call
/// return?
// TODO: write Some(Errno::...) in place of each None, and Some(true) or Some(false) from question 4
// on.
const ASLEEP: Option<Errno> = None;

/// Question 2: Somebody has kept the id and calls msgsnd after the removal. Which errno is it?
const LATER: Option<Errno> = None;

/// Question 3: A queue has the mode 666. An ordinary user who has not made it removes it. Which
/// errno is it?
const STRANGER: Option<Errno> = None;

/// Question 4: The capacity was set to 0. Does root still get in, with a message of no bytes?
const SHUT_OUT: Option<bool> = None;

/// Question 5: Three messages wait when the capacity is set to 0. Can all three be received?
const STILL_INSIDE: Option<bool> = None;

/// Question 6: A process has a guard, and SIGKILL ends it. Is the queue still there?
const KILLED: Option<bool> = None;

fn main() {
    let errnos = [ASLEEP, LATER, STRANGER].iter().flatten().count();
    let others = [SHUT_OUT, STILL_INSIDE, KILLED].iter().flatten().count();
    println!("{} of 6 predictions made", errnos + others);
}

#[cfg(test)]
#[path = "../../checks/06_cleanup/cleanup_predict.rs"]
mod tests; // the functions marked #[test]
