// Predict, then check: which message is it, and what is left?
//
// Write a number for each of the six before you run the tests; they do what is described and print
// what happened.

/// Question 1: Messages of types 4, 3, 1 and 3 wait. msgrcv is asked for -3. Of which type is the
/// one that it takes?
// TODO: write Some(...) in place of each None.
const LOWEST: Option<u64> = None;

/// Question 2: A receiver sleeps and has asked for -3. A message of type 3 comes, and then one of
/// 1. Which type does it get?
const ASLEEP: Option<u64> = None;

/// Question 3: Types 9 and 4 wait, the 9 first. msgrcv is asked for -7 with MSG_EXCEPT. Which type
/// does it take?
const EXCEPT: Option<u64> = None;

/// Question 4: A message of 300 bytes waits, and the receiver has room for 256. How many messages
/// wait afterwards?
const TOO_LONG: Option<u64> = None;

/// Question 5: The same with MSG_NOERROR. How many bytes of the message can the next call still
/// get?
const CUT: Option<u64> = None;

/// Question 6: A receiver sleeps, and the message for it is sent. How many messages does `ipcs -q`
/// show right afterwards?
const SEEN: Option<u64> = None;

fn main() {
    let answers = [LOWEST, ASLEEP, EXCEPT, TOO_LONG, CUT, SEEN];
    let given = answers.iter().flatten().count();
    println!("{given} of {} predictions made", answers.len());
}

#[cfg(test)]
#[path = "../../checks/05_receive/receive_predict.rs"]
mod tests; // the functions marked #[test]
