use nix::errno::Errno;

/// Question 1: The owner of a queue asks for an impossible change: IPC_SET, with the user -1. Which
/// errno?
const OWNER_ASKS: Option<Errno> = Some(Errno::EINVAL);

/// Question 2: A stranger asks for the same. Which errno?
const STRANGER_ASKS: Option<Errno> = Some(Errno::EPERM);

/// Question 3: A queue has the mode 060. May its owner, who is a member of its group, receive?
const MEMBER_TOO: Option<bool> = Some(false);

/// Question 4: A user makes a queue with the mode 600 and gives it to another. May the first one
/// still receive?
const GIVEN_AWAY: Option<bool> = Some(true);

/// Question 5: A queue has the mode 000. Does msgget(key, 0) find it for everybody?
const FOUND: Option<bool> = Some(true);

/// Question 6: User 0, in a container, without CAP_IPC_OWNER, has a queue with the mode 000. May it
/// receive?
const USER_ZERO: Option<bool> = Some(false);

fn main() {
    let errnos = [OWNER_ASKS, STRANGER_ASKS].iter().flatten().count();
    let others = [MEMBER_TOO, GIVEN_AWAY, FOUND, USER_ZERO].iter().flatten().count();
    println!("{} of 6 predictions made", errnos + others);
}

#[cfg(test)]
#[path = "../../checks/12_rights/rights_predict.rs"]
mod tests; // the functions marked #[test]
