use nix::errno::Errno;

/// Question 1: Somebody is asleep in msgrcv when the queue is removed. Which errno does the call
/// return?
const ASLEEP: Option<Errno> = Some(Errno::EIDRM);

/// Question 2: Somebody has kept the id and calls msgsnd after the removal. Which errno is it?
const LATER: Option<Errno> = Some(Errno::EINVAL);

/// Question 3: A queue has the mode 666. An ordinary user who has not made it removes it. Which
/// errno is it?
const STRANGER: Option<Errno> = Some(Errno::EPERM);

/// Question 4: The capacity was set to 0. Does root still get in, with a message of no bytes?
const SHUT_OUT: Option<bool> = Some(false);

/// Question 5: Three messages wait when the capacity is set to 0. Can all three be received?
const STILL_INSIDE: Option<bool> = Some(true);

/// Question 6: A process has a guard, and SIGKILL ends it. Is the queue still there?
const KILLED: Option<bool> = Some(true);

fn main() {
    let errnos = [ASLEEP, LATER, STRANGER].iter().flatten().count();
    let others = [SHUT_OUT, STILL_INSIDE, KILLED].iter().flatten().count();
    println!("{} of 6 predictions made", errnos + others);
}

#[cfg(test)]
#[path = "../../checks/06_cleanup/cleanup_predict.rs"]
mod tests; // the functions marked #[test]
