use nix::errno::Errno;

/// Question 1: Requests and replies share one queue: type 1 and type 2. It is full of requests. A
/// client sleeps in msgrcv and waits for type 2; the server sends it with IPC_NOWAIT. Which errno?
const ONE_QUEUE: Option<Errno> = Some(Errno::EAGAIN);

/// Question 2: A caller has given up and removed its queue. Then the server sends the answer there,
/// with IPC_NOWAIT. Which errno?
const TOO_LATE: Option<Errno> = Some(Errno::EINVAL);

/// Question 3: A request names the server's own queue. The server answers. Is the answer the next
/// request that it receives?
const ITSELF: Option<bool> = Some(true);

/// Question 4: A caller has made a private queue (IPC_PRIVATE), and SIGKILL ends it. Is the queue
/// gone?
const KILLED: Option<bool> = Some(false);

/// Question 5: A process raises a semaphore from 0 to 1 with SEM_UNDO, and SIGKILL ends it. What is
/// the value now?
const SIGN: Option<i32> = Some(0);

/// Question 6: A process raises it to 1 with SEM_UNDO and forks. The child ends. What is the value
/// now?
const CHILD: Option<i32> = Some(1);

fn main() {
    let errnos = [ONE_QUEUE, TOO_LATE].iter().flatten().count();
    let others = [ITSELF, KILLED].iter().flatten().count();
    let numbers = [SIGN, CHILD].iter().flatten().count();
    println!("{} of 6 predictions made", errnos + others + numbers);
}

#[cfg(test)]
#[path = "../../checks/11_request_reply/reply_predict.rs"]
mod tests; // the functions marked #[test]
