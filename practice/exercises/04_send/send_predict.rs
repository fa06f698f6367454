// Predict, then check: what is there room for?
//
// Write Some(true) or Some(false), all six, before you run the tests; they do what is described and
// print what happened.

/// Question 1: Two messages of 8,192 bytes are sent to a queue with a capacity of 16,384. Is there
/// room for both?
// TODO: write Some(true) or Some(false) in place of each None.
const EXACT: Option<bool> = None;

/// Question 2: Nobody receives. Can you go on sending messages of no bytes forever?
const FOR_EVER: Option<bool> = None;

/// Question 3: A program sends a message and ends. Is the message still there?
const SENDER_GONE: Option<bool> = None;

/// Question 4: A queue is full of type 1. A receiver sleeps until type 2 comes. Is a message of
/// type 2 taken (IPC_NOWAIT)?
const RECEIVER_HELPS: Option<bool> = None;

/// Question 5: Does msgsnd take a message of type 0?
const TYPE_0: Option<bool> = None;

/// Question 6: One message is longer than msgmax, another longer than the capacity only. Same errno
/// (IPC_NOWAIT)?
const SAME_ERRNO: Option<bool> = None;

fn main() {
    let answers = [EXACT, FOR_EVER, SENDER_GONE, RECEIVER_HELPS, TYPE_0, SAME_ERRNO];
    let given = answers.iter().flatten().count();
    println!("{given} of {} predictions made", answers.len());
}

#[cfg(test)]
#[path = "../../checks/04_send/send_predict.rs"]
mod tests; // the functions marked #[test]
