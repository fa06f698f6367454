// Predict, then check: what does a dead, a slow or a dishonest caller do to the others?
//
// Write all six answers before you run the tests; they do what is described and print what
// happened.

use nix::errno::Errno;

/// Question 1: Requests and replies share one queue: type 1 and type 2. It is full of requests. A
/// client sleeps in msgrcv and waits for type 2; the server sends it with IPC_NOWAIT. Which errno?
// TODO: write Some(Errno::...) in place of each None of this kind.
const ONE_QUEUE: Option<Errno> = None;

/// Question 2: A caller has given up and removed its queue. Then the server sends the answer there,
/// with IPC_NOWAIT. Which errno?
const TOO_LATE: Option<Errno> = None;

/// Question 3: A request names the server's own queue. The server answers. Is the answer the next
/// request that it receives?
// TODO: write Some(true) or Some(false).
const ITSELF: Option<bool> = None;

/// Question 4: A caller has made a private queue (IPC_PRIVATE), and SIGKILL ends it. Is the queue
/// gone?
const KILLED: Option<bool> = None;

/// Question 5: A process raises a semaphore from 0 to 1 with SEM_UNDO, and SIGKILL ends it. What is
/// the value now?
// TODO: write Some(number).
const SIGN: Option<i32> = None;

/// Question 6: A process raises it to 1 with SEM_UNDO and forks. The child ends. What is the value
/// now?
const CHILD: Option<i32> = None;

fn main() {
    let errnos = [ONE_QUEUE, TOO_LATE].iter().flatten().count();
    let others = [ITSELF, KILLED].iter().flatten().count();
    let numbers = [SIGN, CHILD].iter().flatten().count();
    println!("{} of 6 predictions made", errnos + others + numbers);
}

#[cfg(test)]
#[path = "../../checks/11_request_reply/reply_predict.rs"]
mod tests; // the functions marked #[test]
