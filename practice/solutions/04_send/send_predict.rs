/// Question 1: Two messages of 8,192 bytes are sent to a queue with a capacity of 16,384. Is there
/// room for both?
const EXACT: Option<bool> = Some(true);

/// Question 2: Nobody receives. Can you go on sending messages of no bytes forever?
const FOR_EVER: Option<bool> = Some(false);

/// Question 3: A program sends a message and ends. Is the message still there?
const SENDER_GONE: Option<bool> = Some(true);

/// Question 4: A queue is full of type 1. A receiver sleeps until type 2 comes. Is a message of
/// type 2 taken (IPC_NOWAIT)?
const RECEIVER_HELPS: Option<bool> = Some(false);

/// Question 5: Does msgsnd take a message of type 0?
const TYPE_0: Option<bool> = Some(false);

/// Question 6: One message is longer than msgmax, another longer than the capacity only. Same errno
/// (IPC_NOWAIT)?
const SAME_ERRNO: Option<bool> = Some(false);

fn main() {
    let answers = [EXACT, FOR_EVER, SENDER_GONE, RECEIVER_HELPS, TYPE_0, SAME_ERRNO];
    let given = answers.iter().flatten().count();
    println!("{given} of {} predictions made", answers.len());
}

#[cfg(test)]
#[path = "../../checks/04_send/send_predict.rs"]
mod tests; // the functions marked #[test]
