use nix::errno::Errno;

/// Question 1: A program puts a message into a pipe, closes its end, and exits. Then another, which
/// has had the reading end all along, reads. Does it get the message?
const PIPE_AFTER_EXIT: Option<bool> = Some(true);

/// Question 2: A message of 10 bytes is in a SOCK_SEQPACKET socket, and another one after it. Two
/// calls of `recv` follow, with room for 4 bytes each. Do they get two pieces of the first message?
const SHORT_READ: Option<bool> = Some(false);

/// Question 3: `one` and then `two` are written to a pipe, in two calls. Then one `read` follows,
/// with room for 100 bytes. How many bytes does it get?
const TWO_WRITES: Option<usize> = Some(6);

/// Question 4: A POSIX queue gets a message of priority 1 and then one of priority 9. Which
/// priority has the one that is received first?
const FIRST: Option<usize> = Some(9);

/// Question 5: Two programs wait for the same POSIX queue, and one message comes. How many of them
/// receive it?
const READERS: Option<usize> = Some(1);

/// Question 6: A POSIX queue takes messages of 16 bytes at most. mq_receive has room for 8, and a
/// message of 2 bytes is there. Which errno?
const SMALL_BUFFER: Option<Errno> = Some(Errno::EMSGSIZE);

fn main() {
    let others = [PIPE_AFTER_EXIT, SHORT_READ].iter().flatten().count();
    let numbers = [TWO_WRITES, FIRST, READERS].iter().flatten().count();
    let errnos = SMALL_BUFFER.iter().count();
    println!("{} of 6 predictions made", others + numbers + errnos);
}

#[cfg(test)]
#[path = "../../checks/13_other_queues/other_predict.rs"]
mod tests; // the functions marked #[test]
